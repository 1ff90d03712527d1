import { type ConversationId } from '../engine/conversation-id.ts'
import { flagOf, numberOf, optionalNumber, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { isFound, planSearch, type SearchPlan, wordPattern } from './search-words.ts'
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

const COLUMNS = 'm.id, m.conversation, m.sender, m.outgoing, m.sent_at, m.body'
const NOT_BLOCKED = 'NOT EXISTS (SELECT 1 FROM contacts AS p WHERE p.id = m.sender AND p.blocked = 1)'
/** The index gives its hits newest first without looking at the rest, as long as nothing else is asked of it. */
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
  return search.order === 'best' ? best(reader, plan.match, search) : newest(reader, plan.match, search)
}

function newest(reader: Reader, match: string, { conversation, limit }: MessageSearch): readonly SqlRow[] {
  const inOne = conversation === undefined ? '' : 'AND m.conversation = ?'
  const sql = `SELECT ${COLUMNS} FROM (${HITS}) AS hit JOIN messages AS m ON m.id = hit.rowid
    WHERE ${NOT_BLOCKED} ${inOne} LIMIT ?`
  const rows = reader.all(sql, match, MAX_HITS, ...(conversation === undefined ? [] : [conversation]), limit)
  return rows.toSorted((a, b) => numberOf(b, 'sent_at') - numberOf(a, 'sent_at'))
}

function best(reader: Reader, match: string, { conversation, limit }: MessageSearch): readonly SqlRow[] {
  const oldest = reader.get(`SELECT min(rowid) AS first FROM (${HITS})`, match, MAX_RANKED)
  const first = oldest && optionalNumber(oldest, 'first')
  if (first === undefined) return []
  const inOne = conversation === undefined ? '' : 'AND m.conversation = ?'
  const sql = `SELECT ${COLUMNS} FROM message_text JOIN messages AS m ON m.id = message_text.rowid
    WHERE message_text MATCH ? AND message_text.rowid >= ? AND ${NOT_BLOCKED} ${inOne}
    ORDER BY bm25(message_text), m.sent_at DESC LIMIT ?`
  return reader.all(sql, match, first, ...(conversation === undefined ? [] : [conversation]), limit)
}

/** Reads through the newest texts, of one conversation or of all. */
function readThrough(
  reader: Reader,
  parts: readonly string[],
  { conversation, limit }: MessageSearch,
): readonly SqlRow[] {
  const read =
    conversation === undefined
      ? 'SELECT * FROM messages WHERE body IS NOT NULL ORDER BY id DESC LIMIT ?'
      : 'SELECT * FROM messages WHERE conversation = ? AND body IS NOT NULL ORDER BY sent_at DESC LIMIT ?'
  const holds = parts.map(() => "m.body LIKE ? ESCAPE '\\'").join(' AND ')
  const sql = `SELECT ${COLUMNS} FROM (${read}) AS m WHERE ${holds} AND ${NOT_BLOCKED} ORDER BY m.sent_at DESC LIMIT ?`
  return reader.all(
    sql,
    ...(conversation === undefined ? [] : [conversation]),
    MAX_READ,
    ...parts.map(part => `%${part.replace(/[\\%_]/g, '\\$&')}%`),
    limit,
  )
}

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
