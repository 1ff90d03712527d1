import { type ConversationId } from '../engine/conversation-id.ts'
import { flagOf, numberOf, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { bestByIndex, newestByIndex } from './ask-index.ts'
import { type Wanted } from './found-rows.ts'
import { readForParts } from './read-through.ts'
import { isFound, planSearch, type SearchPlan, wordPattern } from './search-words.ts'
import { type Place, snippetAround, type SnippetPart } from './snippet.ts'

/** What to look for. Without a conversation: in all of them, but for people who are blocked. */
export interface MessageSearch extends Wanted {
  readonly text: string
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
  if (plan.kind === 'parts') return readForParts(reader, plan.parts, search)
  return search.order === 'best' ? bestByIndex(reader, plan, search) : newestByIndex(reader, plan, search)
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
