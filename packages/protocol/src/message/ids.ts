import {
  AccountError,
  type AccountId,
  type BlindedId,
  type GroupId,
  parseAccountId,
  parseAnyId,
  parseGroupId,
} from '../account/index.ts'
import { MessageError } from './message-error.ts'

/** Who wrote a message: an account, or inside a community someone blinded. Spec 10 §1.2. */
export type AuthorId = AccountId | BlindedId

/** `undefined` for a text that is no such id. */
export function tryReadAuthor(text: string): AuthorId | undefined {
  try {
    const { kind, id } = parseAnyId(text)
    return kind === 'account' || kind === 'blinded15' || kind === 'blinded25' ? id : undefined
  } catch (error) {
    if (error instanceof AccountError) return undefined
    throw error
  }
}

/** @throws {MessageError} `message.bad-id` */
export function readAuthor(text: string): AuthorId {
  const author = tryReadAuthor(text)
  if (author === undefined) throw new MessageError('message.bad-id', { length: text.length })
  return author
}

/** @throws {MessageError} `message.bad-id` */
export function readAccountId(text: string): AccountId {
  return read(text, parseAccountId)
}

/** @throws {MessageError} `message.bad-id` */
export function readGroupId(text: string): GroupId {
  return read(text, parseGroupId)
}

function read<Id>(text: string, parse: (text: string) => Id): Id {
  try {
    return parse(text)
  } catch (cause) {
    if (cause instanceof AccountError) throw new MessageError('message.bad-id', { length: text.length }, { cause })
    throw cause
  }
}

/** @throws {MessageError} `message.bad-length` */
export function requireBytes(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new MessageError('message.bad-length', { length: bytes.length, expected: length })
  return bytes
}
