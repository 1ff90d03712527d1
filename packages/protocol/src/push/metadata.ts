import { AccountError, parseAnyId, type AccountId, type GroupId } from '../account/index.ts'
import {
  decodeJson,
  EncodingError,
  isJsonObject,
  JsonError,
  type JsonObject,
  utf8Decode,
  type Bencode,
} from '../encoding/index.ts'
import { toNamespace, type Namespace } from '../storage/index.ts'
import { PushError } from './push-error.ts'

/** What is known of a message without the message. Spec 40 §9.4. */
export interface PushSubject {
  readonly account: AccountId | GroupId
  /** 32 to 99 characters; how the swarm names the message. */
  readonly hash: string
  readonly namespace: Namespace
  /** Unix ms. */
  readonly storedAt: number
  /** Unix ms. */
  readonly expiresAt: number
}

/** What a push says about a message. Spec 40 §9.4. */
export interface PushMetadata extends PushSubject {
  /** `undefined` when the subscription did not ask for messages. */
  readonly bodyLength: number | undefined
  /** The message was too long to come along. */
  readonly bodyOmitted: boolean
}

/** The JSON text of metadata, its members in the order of the existing server. Spec 40 §9.4. */
export function formatMetadata(metadata: PushMetadata): string {
  const { account, hash, namespace, storedAt, expiresAt, bodyLength, bodyOmitted } = metadata
  return JSON.stringify({
    '@': account,
    '#': hash,
    n: namespace,
    t: storedAt,
    z: expiresAt,
    l: bodyLength,
    B: bodyOmitted ? true : undefined,
  })
}

/**
 * Reads metadata: JSON, or a bencoded dict as the existing server sends it when there is no body (trap 28 of spec 40).
 * @throws {PushError} `push.bad-metadata`
 */
export function parseMetadata(head: Bencode): PushMetadata {
  const members: unknown = head instanceof Uint8Array ? parseJsonObject(head) : head
  if (!(members instanceof Map)) throw new PushError('push.bad-metadata')
  const get = (name: string): unknown => members.get(name)
  return {
    account: readAccount(get('@')),
    hash: readHash(get('#')),
    namespace: toNamespace(readInteger(get('n'), -32_768, 32_767)),
    storedAt: readInteger(get('t'), 0),
    expiresAt: readInteger(get('z'), 0),
    bodyLength: get('l') === undefined ? undefined : readInteger(get('l'), 0),
    bodyOmitted: readFlag(get('B')),
  }
}

function parseJsonObject(bytes: Uint8Array): JsonObject {
  try {
    const value = decodeJson(bytes)
    if (isJsonObject(value)) return value
  } catch (cause) {
    if (cause instanceof JsonError) throw new PushError('push.bad-metadata', { length: bytes.length }, { cause })
    throw cause
  }
  throw new PushError('push.bad-metadata')
}

function readAccount(value: unknown): AccountId | GroupId {
  const text = readText(value)
  try {
    const any = parseAnyId(text)
    if (any.kind === 'account' || any.kind === 'group') return any.id
  } catch (cause) {
    if (!(cause instanceof AccountError)) throw cause
  }
  throw new PushError('push.bad-metadata', { length: text.length })
}

/** Printable ASCII: it is compared with the hash that a swarm gave. */
function readHash(value: unknown): string {
  const text = readText(value)
  if (!/^[!-~]{32,99}$/.test(text)) throw new PushError('push.bad-metadata', { length: text.length })
  return text
}

/** In bencoding a text is bytes. */
function readText(value: unknown): string {
  if (typeof value === 'string') return value
  if (!(value instanceof Uint8Array)) throw new PushError('push.bad-metadata')
  try {
    return utf8Decode(value)
  } catch (cause) {
    if (cause instanceof EncodingError) throw new PushError('push.bad-metadata', {}, { cause })
    throw cause
  }
}

function readInteger(value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < min || number > max) {
    throw new PushError('push.bad-metadata')
  }
  return number
}

/** In bencoding true is 1. */
function readFlag(value: unknown): boolean {
  if (value === undefined || value === false || value === 0n) return false
  if (value === true || value === 1n) return true
  throw new PushError('push.bad-metadata')
}
