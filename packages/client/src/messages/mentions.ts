import { type AccountId } from '@sotto/protocol/account'
import { findContact, nameOf } from '../contacts/rows.ts'
import { type Reader } from '../store/store.ts'

/** A place in a text that means a person: `@` and an id. Positions are in UTF-16 units. */
export interface Mention {
  readonly start: number
  readonly length: number
  readonly account: AccountId
  /** What to show for it; `undefined` for oneself. */
  readonly name: string | undefined
}

const pattern = /@(05[0-9a-f]{64})(?![0-9a-f])/g
/** More than anyone reads. */
const MAX_MENTIONS = 100

/** Whether a text mentions this account. */
export function mentions(body: string, account: AccountId): boolean {
  return body.includes(`@${account}`)
}

/** Whom a text mentions, in order. */
export function mentionsIn(reader: Reader, body: string, own: AccountId): readonly Mention[] {
  return [...body.matchAll(pattern)].slice(0, MAX_MENTIONS).map(match => {
    const account = (match[1] ?? '') as AccountId
    const name = account === own ? undefined : nameOf(account, findContact(reader, account) ?? {})
    return { start: match.index, length: match[0].length, account, name }
  })
}
