import { type ConversationId } from '../engine/conversation-id.ts'
import { textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { COLUMNS, NOT_BLOCKED, type Wanted } from './found-rows.ts'
import { holdsAll } from './search-words.ts'

/** How many texts are read at most. */
const MAX_READ = 20_000
/** Those of one conversation lie apart from each other, so few come first: mostly they will do. */
const FIRST_READ = 500

/** Those of the newest texts of a conversation that hold all of the words, which are folded. */
export function readForWords(
  reader: Reader,
  words: readonly string[],
  { conversation, limit }: Wanted<ConversationId>,
): readonly SqlRow[] {
  const first = wordsIn(reader, words, conversation, { from: 0, count: FIRST_READ })
  if (first.length >= limit) return first.slice(0, limit)
  const rest = wordsIn(reader, words, conversation, { from: FIRST_READ, count: MAX_READ - FIRST_READ })
  return [...first, ...rest].slice(0, limit)
}

function wordsIn(
  reader: Reader,
  words: readonly string[],
  conversation: ConversationId,
  { from, count }: { readonly from: number; readonly count: number },
): readonly SqlRow[] {
  const read =
    'SELECT * FROM messages WHERE conversation = ? AND body IS NOT NULL ORDER BY sent_at DESC LIMIT ? OFFSET ?'
  const sql = `SELECT ${COLUMNS} FROM (${read}) AS m WHERE ${NOT_BLOCKED} ORDER BY m.sent_at DESC`
  return reader.all(sql, conversation, count, from).filter(row => holdsAll(textOf(row, 'body'), words))
}

/** Those of the newest texts, of one conversation or of all, that hold all of these parts letter by letter. */
export function readForParts(
  reader: Reader,
  parts: readonly string[],
  { conversation, limit }: Wanted,
): readonly SqlRow[] {
  const read =
    conversation === undefined
      ? 'SELECT * FROM messages WHERE body IS NOT NULL ORDER BY id DESC LIMIT ? OFFSET ?'
      : 'SELECT * FROM messages WHERE conversation = ? AND body IS NOT NULL ORDER BY sent_at DESC LIMIT ? OFFSET ?'
  const holds = parts.map(() => "m.body LIKE ? ESCAPE '\\'").join(' AND ')
  const sql = `SELECT ${COLUMNS} FROM (${read}) AS m WHERE ${holds} AND ${NOT_BLOCKED} ORDER BY m.sent_at DESC LIMIT ?`
  const place = conversation === undefined ? [] : [conversation]
  const patterns = parts.map(part => `%${part.replace(/[\\%_]/g, '\\$&')}%`)
  const part = (from: number, count: number): readonly SqlRow[] =>
    reader.all(sql, ...place, count, from, ...patterns, limit)
  if (conversation === undefined) return part(0, MAX_READ)
  const first = part(0, FIRST_READ)
  return first.length === limit ? first : [...first, ...part(FIRST_READ, MAX_READ - FIRST_READ)].slice(0, limit)
}
