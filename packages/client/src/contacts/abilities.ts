import { type AccountId } from '@sotto/protocol/account'
import { ability } from '@sotto/protocol/message'
import { type Received } from '../engine/feature.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { findContact } from './rows.ts'

const own = ability.largeFiles

/**
 * What this client tells a person that it can do, with whatever the user writes. Only people who are accepted on both sides
 * learn with which client one writes. docs/protocol/large-files.md.
 */
export function abilitiesFor(reader: Reader, recipient: AccountId): number | undefined {
  const contact = findContact(reader, recipient)
  return contact?.approved === true && contact.approvedMe && !contact.blocked ? own : undefined
}

/**
 * Remembers what the client can do that a person wrote the newest with. Of several devices of theirs that one counts; one that
 * says nothing can do nothing more than all.
 */
export function receiveAbilities(
  tx: Tx,
  { content, fromSelf, sender, sentAt }: Received<'message' | 'reaction' | 'request-response'>,
): void {
  if (fromSelf) return
  const sql = 'UPDATE contacts SET abilities = ?, abilities_at = ? WHERE id = ? AND abilities_at < ?'
  tx.run(sql, content.abilities ?? 0, sentAt, sender, sentAt)
}

/** Whether the client of a person is known to be able to do something. */
export function isAble(reader: Reader, person: AccountId, what: keyof typeof ability): boolean {
  const { abilities, approved, approvedMe, blocked } = findContact(reader, person) ?? noContact
  return approved && approvedMe && !blocked && (abilities & ability[what]) !== 0
}

const noContact = { abilities: 0, approved: false, approvedMe: false, blocked: false }
