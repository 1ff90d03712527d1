import { tryDecodeHex } from '@sotto/protocol/encoding'
import { type ConversationId } from '../engine/conversation-id.ts'
import { ClientError } from '../engine/client-error.ts'
import { type Reader } from '../store/store.ts'
import { findMessage, messageOfRow, type MessageRow } from './rows.ts'

/** Which part of a conversation. Without a place: its newest messages. */
export interface PageRequest {
  readonly conversation: ConversationId
  readonly limit: number
  /** Older than this position. */
  readonly before: string | undefined
  /** Newer than this position. */
  readonly after: string | undefined
  /** This row, and what is on both sides of it. */
  readonly around: number | undefined
}

/** Messages in their order, oldest first. Spec 70 D15. */
export interface Page<T> {
  readonly messages: readonly T[]
  readonly hasOlder: boolean
  readonly hasNewer: boolean
}

type Key = readonly [sentAt: number, sender: string, digest: Uint8Array]

const COMPARED = '(sent_at, sender, digest)'
const NEWEST_FIRST = 'ORDER BY sent_at DESC, sender DESC, digest DESC LIMIT ?'
const OLDEST_FIRST = 'ORDER BY sent_at, sender, digest LIMIT ?'
/** Sorts after every time that there is. */
const END: Key = [Number.MAX_SAFE_INTEGER, '', new Uint8Array(0)]

/** @throws {ClientError} `client.bad-arguments` for a position that is none, `client.unknown-message` for `around` */
export function readPage(reader: Reader, request: PageRequest): Page<MessageRow> {
  const { after, around, before, conversation, limit } = request
  if (around !== undefined) return pageAround(reader, around, request)
  if (after !== undefined) {
    const newer = newerThan(reader, conversation, parsePosition(after), limit + 1)
    return { messages: newer.slice(0, limit), hasOlder: true, hasNewer: newer.length > limit }
  }
  const older = olderThan(reader, conversation, before === undefined ? END : parsePosition(before), limit + 1)
  return {
    messages: older.slice(0, limit).toReversed(),
    hasOlder: older.length > limit,
    hasNewer: before !== undefined,
  }
}

function pageAround(reader: Reader, id: number, { conversation, limit }: PageRequest): Page<MessageRow> {
  const middle = findMessage(reader, id)
  if (middle === undefined || middle.conversation !== conversation) throw new ClientError('client.unknown-message')
  const key: Key = [middle.sentAt, middle.sender, middle.digest]
  const half = Math.floor(limit / 2)
  const older = olderThan(reader, conversation, key, half + 1)
  const newer = newerThan(reader, conversation, key, limit - half)
  return {
    messages: [...older.slice(0, half).toReversed(), middle, ...newer.slice(0, limit - half - 1)],
    hasOlder: older.length > half,
    hasNewer: newer.length > limit - half - 1,
  }
}

function olderThan(reader: Reader, conversation: string, key: Key, count: number): readonly MessageRow[] {
  const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} < (?, ?, ?) ${NEWEST_FIRST}`
  return reader.all(sql, conversation, ...key, count).map(messageOfRow)
}

function newerThan(reader: Reader, conversation: string, key: Key, count: number): readonly MessageRow[] {
  const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} > (?, ?, ?) ${OLDEST_FIRST}`
  return reader.all(sql, conversation, ...key, count).map(messageOfRow)
}

function parsePosition(text: string): Key {
  const [sentAt = '', sender = '', digest = '', ...rest] = text.split('.')
  const bytes = digest === '' ? new Uint8Array(0) : tryDecodeHex(digest, 16)
  const time = /^\d{1,16}$/.test(sentAt) ? Number(sentAt) : Number.NaN
  if (bytes === undefined || !Number.isSafeInteger(time) || rest.length > 0)
    throw new ClientError('client.bad-arguments')
  return [time, sender, bytes]
}
