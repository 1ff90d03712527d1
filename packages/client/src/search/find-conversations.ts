import { nameOf } from '../contacts/rows.ts'
import { type ConversationKind } from '../conversations/rows.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { flagOf, optionalText, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { foldText } from './fold-text.ts'

/** A conversation or a person that was found. */
export interface FoundConversation {
  readonly id: ConversationId
  readonly kind: ConversationKind
  /** `undefined` for notes to self. */
  readonly name: string | undefined
  readonly blocked: boolean
}

/**
 * Conversations and accepted people whose id, name or nickname holds the text; notes to self by one of their names, which
 * depend on the language of the user. Notes to self first, then groups, then people, by name, those that begin with a digit
 * last. Spec 50 §2.12.
 */
export function findConversations(
  reader: Reader,
  text: string,
  selfNames: readonly string[],
  limit: number,
): readonly FoundConversation[] {
  const wanted = foldText(text.trim())
  if (wanted === '') return []
  const sql = `SELECT v.id, v.kind, p.name, p.nickname, coalesce(p.blocked, 0) AS blocked FROM conversations AS v
      LEFT JOIN contacts AS p ON p.id = v.id WHERE v.kind != 'contact'
    UNION ALL SELECT id, 'contact', name, nickname, blocked FROM contacts WHERE approved = 1`
  const found = reader.all(sql).flatMap(row => {
    const id = textOf(row, 'id') as ConversationId
    const kind = textOf(row, 'kind') as ConversationKind
    const known = { name: optionalText(row, 'name'), nickname: optionalText(row, 'nickname') }
    const names = kind === 'self' ? selfNames : [known.name, known.nickname]
    if (![id, ...names].some(each => each !== undefined && foldText(each).includes(wanted))) return []
    return [{ id, kind, name: kind === 'self' ? undefined : nameOf(id, known), blocked: flagOf(row, 'blocked') }]
  })
  return found.toSorted(compare).slice(0, limit)
}

const kinds: readonly ConversationKind[] = ['self', 'group', 'community', 'contact']

function compare(a: FoundConversation, b: FoundConversation): number {
  const [nameA, nameB] = [a.name ?? '', b.name ?? '']
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    Number(/^\p{Nd}/u.test(nameA)) - Number(/^\p{Nd}/u.test(nameB)) ||
    nameA.localeCompare(nameB) ||
    (a.id < b.id ? -1 : 1)
  )
}
