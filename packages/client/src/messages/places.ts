import { findConversation } from '../conversations/rows.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { formatPosition, NEWEST_FIRST, OLDEST_FIRST } from './position.ts'
import { messageOfRow } from './rows.ts'

/** Where to go in a conversation. */
export interface MessagePlace {
  readonly message: number
  readonly position: string
}

/** The first of several messages. */
export interface UnreadPlace extends MessagePlace {
  /** Of all of them. */
  readonly count: number
}

/** The first message at or after a time (Unix ms), otherwise the last one before it; `undefined` where there is none. */
export function placeAtDate(reader: Reader, conversation: ConversationId, at: number): MessagePlace | undefined {
  const from = `SELECT * FROM messages WHERE conversation = ? AND sent_at`
  return (
    placeOf(reader, `${from} >= ? ${OLDEST_FIRST} LIMIT 1`, conversation, at) ??
    placeOf(reader, `${from} < ? ${NEWEST_FIRST} LIMIT 1`, conversation, at)
  )
}

/** The oldest message that is not read. */
export function firstUnread(reader: Reader, conversation: ConversationId): UnreadPlace | undefined {
  return firstOf(reader, conversation, 'unread = 1', findConversation(reader, conversation)?.unreadCount ?? 0)
}

/** The oldest message that is not read and mentions this account. */
export function firstMention(reader: Reader, conversation: ConversationId): UnreadPlace | undefined {
  const count = findConversation(reader, conversation)?.mentionCount ?? 0
  return firstOf(reader, conversation, 'unread = 1 AND mentions_me = 1', count)
}

/** Asks for the time first: the index of what is unread ends there, and the whole order is long. */
function firstOf(
  reader: Reader,
  conversation: ConversationId,
  condition: string,
  count: number,
): UnreadPlace | undefined {
  const first = reader.get(
    `SELECT sent_at FROM messages WHERE conversation = ? AND ${condition} ORDER BY sent_at LIMIT 1`,
    conversation,
  )
  if (first === undefined) return undefined
  const sql = `SELECT * FROM messages WHERE conversation = ? AND sent_at = ? AND ${condition} ${OLDEST_FIRST} LIMIT 1`
  const place = placeOf(reader, sql, conversation, numberOf(first, 'sent_at'))
  return place && { ...place, count }
}

function placeOf(reader: Reader, sql: string, conversation: ConversationId, at: number): MessagePlace | undefined {
  const row = reader.get(sql, conversation, at)
  if (row === undefined) return undefined
  const message = messageOfRow(row)
  return { message: message.id, position: formatPosition(message) }
}
