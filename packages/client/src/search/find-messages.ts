import { type ConversationId } from '../engine/conversation-id.ts'
import { flagOf, numberOf, optionalNumber, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { holdsAll, isFound, planSearch, type SearchPlan, wordPattern } from './search-words.ts'
import { type Place, snippetAround, type SnippetPart } from './snippet.ts'

/** What to look for. Without a conversation: in all of them, but for people who are blocked. */
export interface MessageSearch {
  readonly text: string
  readonly conversation: ConversationId | undefined
  readonly limit: number
  /** `best`: the best ones of the newest five hundred. */
  readonly order: 'newest' | 'best'
}

/** A message that was found. */
export interface FoundMessage {
  readonly message: number
  readonly conversation: ConversationId
  readonly sender: string
  readonly outgoing: boolean
  /** Unix ms. */
  readonly sentAt: number
  readonly snippet: readonly SnippetPart[]
}

/** Bounds for how long a search takes, whatever is typed: of hits in the index, of those put in order, of texts read through. */
const MAX_HITS = 10_000
const MAX_RANKED = 500
const MAX_READ = 20_000
/** The index knows nothing of conversations: of so many hits, those in the right one are put in order … */
const MAX_HITS_RANKED = 4000
/** … and otherwise of so many for each that is wanted, those in the right one are taken. */
const HITS_FOR_EACH = 40
/** If that was not all, texts are read through: few first, because a word with so many hits is soon found again. */
const FIRST_READ = 500

const COLUMNS = 'm.id, m.conversation, m.sender, m.outgoing, m.sent_at, m.body'
const NOT_BLOCKED = 'NOT EXISTS (SELECT 1 FROM contacts AS p WHERE p.id = m.sender AND p.blocked = 1)'
/**
 * The index gives its hits newest first without looking at the rest, as long as nothing else is asked of it. `CROSS JOIN` lets
 * them lead: by itself SQLite would rather go through the whole conversation, and look for each message among the hits.
 */
const HITS = 'SELECT rowid FROM message_text WHERE message_text MATCH ? ORDER BY rowid DESC LIMIT ?'

/** What was found, newest or best first. Bounded in what it reads, so that it takes some ms in any store. */
export function findMessages(reader: Reader, search: MessageSearch): readonly FoundMessage[] {
  const plan = planSearch(search.text)
  if (plan.kind === 'nothing') return []
  return rowsFor(reader, plan, search).map(row => {
    const body = textOf(row, 'body')
    return {
      message: numberOf(row, 'id'),
      conversation: textOf(row, 'conversation') as ConversationId,
      sender: textOf(row, 'sender'),
      outgoing: flagOf(row, 'outgoing'),
      sentAt: numberOf(row, 'sent_at'),
      snippet: snippetAround(body, placesOf(body, plan)),
    }
  })
}

function rowsFor(reader: Reader, plan: Found, search: MessageSearch): readonly SqlRow[] {
  if (plan.kind === 'parts') return readThrough(reader, plan.parts, search)
  if (search.order === 'best') return best(reader, plan, search)
  const { conversation, limit } = search
  return conversation === undefined
    ? newest(reader, plan.match, limit)
    : newestIn(reader, plan, { conversation, limit })
}

function newest(reader: Reader, match: string, limit: number): readonly SqlRow[] {
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE ${NOT_BLOCKED} LIMIT ?`
  return newestFirst(reader.all(sql, match, MAX_HITS, limit))
}

interface Wanted {
  readonly conversation: ConversationId
  readonly limit: number
}

/** By the index; if the word is so frequent that the conversation's own ones are hidden behind others, by reading it through. */
function newestIn(reader: Reader, { match, words }: Words, { conversation, limit }: Wanted): readonly SqlRow[] {
  const hits = Math.min(MAX_HITS, HITS_FOR_EACH * limit)
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE m.conversation = ? AND ${NOT_BLOCKED} LIMIT ?`
  const found = reader.all(sql, match, hits, conversation, limit)
  if (found.length === limit || !hasMoreHits(reader, match, hits)) return newestFirst(found)
  const first = wordsIn(reader, words, conversation, { from: 0, count: FIRST_READ })
  const rest =
    first.length < limit ? wordsIn(reader, words, conversation, { from: FIRST_READ, count: MAX_READ - FIRST_READ }) : []
  return [...first, ...rest].slice(0, limit)
}

function hasMoreHits(reader: Reader, match: string, than: number): boolean {
  return reader.get(`${HITS} OFFSET ?`, match, 1, than) !== undefined
}

/** Those of the newest texts of a conversation that hold all of the words. */
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

function newestFirst(rows: readonly SqlRow[]): readonly SqlRow[] {
  return rows.toSorted((a, b) => numberOf(b, 'sent_at') - numberOf(a, 'sent_at'))
}

/** Where others hide all of a quiet conversation, its newest ones. */
function best(reader: Reader, plan: Words, { conversation, limit }: MessageSearch): readonly SqlRow[] {
  const { match } = plan
  const inOne = conversation === undefined ? '' : 'AND m.conversation = ?'
  const place = conversation === undefined ? [] : [conversation]
  const hits = conversation === undefined ? MAX_RANKED : MAX_HITS_RANKED
  const ranked = `SELECT hit.rowid FROM (${HITS}) AS hit CROSS JOIN messages AS m ON m.id = hit.rowid
    WHERE true ${inOne} LIMIT ?`
  const oldest = reader.get(`SELECT min(rowid) AS first FROM (${ranked})`, match, hits, ...place, MAX_RANKED)
  const first = oldest && optionalNumber(oldest, 'first')
  if (first === undefined) return conversation === undefined ? [] : newestIn(reader, plan, { conversation, limit })
  const sql = `SELECT ${COLUMNS} FROM message_text CROSS JOIN messages AS m ON m.id = message_text.rowid
    WHERE message_text MATCH ? AND message_text.rowid >= ? AND ${NOT_BLOCKED} ${inOne}
    ORDER BY bm25(message_text), m.sent_at DESC LIMIT ?`
  return reader.all(sql, match, first, ...place, limit)
}

/** Reads through the newest texts, of one conversation or of all. Those of one lie apart from each other, so few come first. */
function readThrough(
  reader: Reader,
  parts: readonly string[],
  { conversation, limit }: MessageSearch,
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

type Words = Extract<SearchPlan, { readonly kind: 'words' }>
type Found = Exclude<SearchPlan, { readonly kind: 'nothing' }>

/** Where what was looked for stands in a text. */
function* placesOf(body: string, plan: Found): Generator<Place> {
  if (plan.kind === 'words') {
    for (const { 0: word, index } of body.matchAll(wordPattern)) {
      if (isFound(word, plan.words)) yield { start: index, length: word.length }
    }
    return
  }
  const [part] = plan.parts
  if (part === undefined) return
  for (let at = body.indexOf(part); at >= 0; at = body.indexOf(part, at + part.length)) {
    yield { start: at, length: part.length }
  }
}
