import { type ConversationId } from '../engine/conversation-id.ts'
import { ClientError } from '../engine/client-error.ts'
import { type Reader } from '../store/store.ts'
import { COMPARED, END, type MessageKey, NEWEST_FIRST, OLDEST_FIRST, parsePosition } from './position.ts'
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
  const key: MessageKey = [middle.sentAt, middle.sender, middle.digest]
  const half = Math.floor(limit / 2)
  const older = olderThan(reader, conversation, key, half + 1)
  const newer = newerThan(reader, conversation, key, limit - half)
  return {
    messages: [...older.slice(0, half).toReversed(), middle, ...newer.slice(0, limit - half - 1)],
    hasOlder: older.length > half,
    hasNewer: newer.length > limit - half - 1,
  }
}

function olderThan(reader: Reader, conversation: string, key: MessageKey, count: number): readonly MessageRow[] {
  const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} < (?, ?, ?) ${NEWEST_FIRST} LIMIT ?`
  return reader.all(sql, conversation, ...key, count).map(messageOfRow)
}

function newerThan(reader: Reader, conversation: string, key: MessageKey, count: number): readonly MessageRow[] {
  const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} > (?, ?, ?) ${OLDEST_FIRST} LIMIT ?`
  return reader.all(sql, conversation, ...key, count).map(messageOfRow)
}
