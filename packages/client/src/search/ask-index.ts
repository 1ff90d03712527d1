import { type ConversationId } from '../engine/conversation-id.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { COLUMNS, NOT_BLOCKED, type Wanted } from './found-rows.ts'
import { readForWords } from './read-through.ts'
import { scoreTexts } from './score-texts.ts'
import { type SearchPlan } from './search-words.ts'

type Words = Extract<SearchPlan, { readonly kind: 'words' }>

/** Bounds of hits in the index, and of those put in order. */
const MAX_HITS = 10_000
const MAX_RANKED = 500
/** The index knows nothing of conversations: of so many hits, those in the right one are put in order … */
const MAX_HITS_RANKED = 4000
/** … and otherwise of so many for each that is wanted, those in the right one are taken. */
const HITS_FOR_EACH = 40

/**
 * The index gives its hits newest first without looking at the rest, as long as nothing else is asked of it. `CROSS JOIN` lets
 * them lead: by itself SQLite would rather go through the whole conversation, and look for each message among the hits.
 */
const HITS = 'SELECT rowid FROM message_text WHERE message_text MATCH ? ORDER BY rowid DESC LIMIT ?'

/** The newest ones that hold all of the words. */
export function newestByIndex(reader: Reader, plan: Words, { conversation, limit }: Wanted): readonly SqlRow[] {
  return conversation === undefined
    ? newest(reader, plan.match, limit)
    : newestIn(reader, plan, { conversation, limit })
}

/** The best ones of the newest; where others hide all of a quiet conversation, its newest ones. */
export function bestByIndex(reader: Reader, plan: Words, { conversation, limit }: Wanted): readonly SqlRow[] {
  const { match, words } = plan
  const inOne = conversation === undefined ? '' : 'AND m.conversation = ?'
  const place = conversation === undefined ? [] : [conversation]
  const hits = conversation === undefined ? MAX_RANKED : MAX_HITS_RANKED
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE ${NOT_BLOCKED} ${inOne} LIMIT ?`
  const found = reader.all(sql, match, hits, ...place, MAX_RANKED)
  if (found.length === 0 && conversation !== undefined) return newestIn(reader, plan, { conversation, limit })
  return bestFirst(found, words).slice(0, limit)
}

function newest(reader: Reader, match: string, limit: number): readonly SqlRow[] {
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE ${NOT_BLOCKED} LIMIT ?`
  return newestFirst(reader.all(sql, match, MAX_HITS, limit))
}

/** By the index; if the word is so frequent that the conversation's own ones are hidden behind others, by reading it through. */
function newestIn(
  reader: Reader,
  { match, words }: Words,
  { conversation, limit }: Wanted<ConversationId>,
): readonly SqlRow[] {
  const hits = Math.min(MAX_HITS, HITS_FOR_EACH * limit)
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE m.conversation = ? AND ${NOT_BLOCKED} LIMIT ?`
  const found = reader.all(sql, match, hits, conversation, limit)
  if (found.length === limit || !hasMoreHits(reader, match, hits)) return newestFirst(found)
  const read = readForWords(reader, words, { conversation, limit })
  // Reading through has a bound as well, and the index may have found older ones.
  const all = new Map([...found, ...read].map(row => [numberOf(row, 'id'), row]))
  return newestFirst([...all.values()]).slice(0, limit)
}

function hasMoreHits(reader: Reader, match: string, than: number): boolean {
  return reader.get(`${HITS} OFFSET ?`, match, 1, than) !== undefined
}

function newestFirst(rows: readonly SqlRow[]): readonly SqlRow[] {
  return rows.toSorted((a, b) => numberOf(b, 'sent_at') - numberOf(a, 'sent_at'))
}

/** The index could do it, but would first count all texts that hold a word: with frequent ones that takes longest of all. */
function bestFirst(rows: readonly SqlRow[], words: readonly string[]): readonly SqlRow[] {
  const bodies = rows.map(row => textOf(row, 'body'))
  const scores = scoreTexts(bodies, words)
  const scored = rows.map((row, at) => ({ row, score: scores[at] ?? 0, sentAt: numberOf(row, 'sent_at') }))
  return scored.toSorted((a, b) => b.score - a.score || b.sentAt - a.sentAt).map(({ row }) => row)
}
