import { type ConversationId } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { type Page } from './pages.ts'
import { COMPARED, END, type MessageKey, NEWEST_FIRST, OLDEST_FIRST, parsePosition } from './position.ts'
import { messageOfRow, type MessageRow } from './rows.ts'

/** A part of a conversation between two positions, both of which belong to it. */
export interface RangeRequest {
  readonly conversation: ConversationId
  /** Without one the range ends at `to`, and goes back as far as the limit allows. */
  readonly from: string | undefined
  /** Without one it goes on to the newest message. */
  readonly to: string | undefined
  readonly limit: number
}

/**
 * What stands between two positions: a page asks for it again when something has changed, and gets what it shows, with what
 * came in between and without what is gone.
 * @throws {ClientError} `client.bad-arguments` for a position that is none
 */
export function readRange(reader: Reader, { conversation, from, limit, to }: RangeRequest): Page<MessageRow> {
  const end = to === undefined ? END : parsePosition(to)
  const isNewerThanEnd = (): boolean => to !== undefined && exists(reader, conversation, '>', end)
  if (from === undefined) {
    const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} <= (?, ?, ?) ${NEWEST_FIRST} LIMIT ?`
    const rows = reader.all(sql, conversation, ...end, limit + 1).map(messageOfRow)
    return {
      messages: rows.slice(0, limit).toReversed(),
      hasOlder: rows.length > limit,
      hasNewer: isNewerThanEnd(),
    }
  }
  const begin = parsePosition(from)
  const sql = `SELECT * FROM messages WHERE conversation = ? AND ${COMPARED} >= (?, ?, ?) AND ${COMPARED} <= (?, ?, ?)
    ${OLDEST_FIRST} LIMIT ?`
  const rows = reader.all(sql, conversation, ...begin, ...end, limit + 1).map(messageOfRow)
  return {
    messages: rows.slice(0, limit),
    hasOlder: exists(reader, conversation, '<', begin),
    hasNewer: rows.length > limit || isNewerThanEnd(),
  }
}

function exists(reader: Reader, conversation: ConversationId, than: '<' | '>', key: MessageKey): boolean {
  const sql = `SELECT 1 FROM messages WHERE conversation = ? AND ${COMPARED} ${than} (?, ?, ?) LIMIT 1`
  return reader.get(sql, conversation, ...key) !== undefined
}
