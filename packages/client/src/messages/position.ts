import { encodeHex, tryDecodeHex } from '@sotto/protocol/encoding'
import { ClientError } from '../engine/client-error.ts'
import { type MessageRow } from './rows.ts'

/** By what the messages of a conversation are in order. Spec 70 D15. */
export type MessageKey = readonly [sentAt: number, sender: string, digest: Uint8Array]

/** The columns of a key, to be compared with three parameters. */
export const COMPARED = '(sent_at, sender, digest)'
/** The order of a conversation, from its end. */
export const NEWEST_FIRST = 'ORDER BY sent_at DESC, sender DESC, digest DESC'
/** The order of a conversation. */
export const OLDEST_FIRST = 'ORDER BY sent_at, sender, digest'
/** Comes after every message that there is. */
export const END: MessageKey = [Number.MAX_SAFE_INTEGER, '', new Uint8Array(0)]

/** Where a message stands in its conversation, for those who ask: `sentAt.sender.digest`. */
export function formatPosition({ sentAt, sender, digest }: Pick<MessageRow, 'sentAt' | 'sender' | 'digest'>): string {
  return `${sentAt}.${sender}.${encodeHex(digest)}`
}

/** The message itself need not be here any more. @throws {ClientError} `client.bad-arguments` */
export function parsePosition(text: string): MessageKey {
  const [sentAt = '', sender = '', digest = '', ...rest] = text.split('.')
  const bytes = digest === '' ? new Uint8Array(0) : tryDecodeHex(digest, 16)
  const time = /^\d{1,16}$/.test(sentAt) ? Number(sentAt) : Number.NaN
  if (bytes === undefined || !Number.isSafeInteger(time) || rest.length > 0)
    throw new ClientError('client.bad-arguments')
  return [time, sender, bytes]
}
