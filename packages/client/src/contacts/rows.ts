import { type AccountId } from '@sotto/protocol/account'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { bytesOf, flagOf, numberOf, optionalText, textOf } from '../store/columns.ts'
import { type SqlRow, type SqlValue } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** A person as one knows them. Spec 30 §4.2. */
export interface Contact {
  readonly id: AccountId
  /** As they call themselves. */
  readonly name: string | undefined
  /** As the user calls them. */
  readonly nickname: string | undefined
  readonly picture: { readonly url: string; readonly key: Uint8Array } | undefined
  readonly profileUpdatedAtSeconds: number
  /** We accept them. */
  readonly approved: boolean
  /** They accept us. */
  readonly approvedMe: boolean
  readonly blocked: boolean
  readonly createdAtSeconds: number
  /** Bits of `ability`: what their client says that it can do. */
  readonly abilities: number
}

/** `undefined` for someone whom this account never met. */
export function findContact(reader: Reader, id: AccountId): Contact | undefined {
  const row = reader.get('SELECT * FROM contacts WHERE id = ?', id)
  return row && contactOfRow(row)
}

/** Notes that there is such a person. `now` is Unix ms. */
export function ensureContact(tx: Tx, id: AccountId, now: number): void {
  tx.run('INSERT OR IGNORE INTO contacts (id, created_at_seconds) VALUES (?, ?)', id, Math.floor(now / 1000))
}

/** What a user or a message can change in a contact: the column, and the key of spec 30 §4.2. */
const fields = { approved: 'a', approved_me: 'A', blocked: 'b', nickname: 'N' } as const

/** Changes one field, and remembers the decision if the value is another one. `now` is Unix ms. */
export function decideContact(
  tx: Tx,
  id: AccountId,
  field: keyof typeof fields,
  value: string | boolean | null,
  now: number,
): boolean {
  const stored: SqlValue = typeof value === 'boolean' ? Number(value) : value
  const { changes } = tx.run(`UPDATE contacts SET ${field} = ? WHERE id = ? AND ${field} IS NOT ?`, stored, id, stored)
  if (changes === 0) return false
  recordDecision(tx, { namespace: journalOf.contacts, subject: id, field: fields[field], value }, now)
  return true
}

/** Whether a contact waits for the user to accept. Spec 10 §5.7. */
export function isRequest({ approved, approvedMe, blocked }: Contact): boolean {
  return !approved && approvedMe && !blocked
}

/** What to call a person: nickname, else name, else the ends of the id. Spec 50 §2.3. */
export function nameOf(
  id: string,
  names: { readonly name?: string | undefined; readonly nickname?: string | undefined },
): string {
  return names.nickname ?? names.name ?? `(${id.slice(0, 4)}…${id.slice(-4)})`
}

/** Takes the columns of `contacts`. */
export function contactOfRow(row: SqlRow): Contact {
  const url = optionalText(row, 'picture_url')
  return {
    id: textOf(row, 'id') as AccountId,
    name: optionalText(row, 'name'),
    nickname: optionalText(row, 'nickname'),
    picture: url === undefined ? undefined : { url, key: bytesOf(row, 'picture_key') },
    profileUpdatedAtSeconds: numberOf(row, 'profile_updated_at_seconds'),
    approved: flagOf(row, 'approved'),
    approvedMe: flagOf(row, 'approved_me'),
    blocked: flagOf(row, 'blocked'),
    createdAtSeconds: numberOf(row, 'created_at_seconds'),
    abilities: numberOf(row, 'abilities'),
  }
}
