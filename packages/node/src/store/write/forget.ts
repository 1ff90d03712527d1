import { type MessageHash } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { hashKey } from '../sql/keys.ts'
import { type Tables } from './tables.ts'

/** What others keep now. */
export interface Forgetting {
  readonly owner: SwarmOwner
  readonly hashes: readonly MessageHash[]
  /** With the last message everything else that is known of the account goes too. */
  readonly isAll: boolean
  /** Rows of each other kind that go at once. */
  readonly maxRows: number
}

/** Drops messages that others keep now, without a tombstone. Answers whether there is more to drop of the account. */
export function forget(tables: Tables, { owner: account, hashes, isAll, maxRows }: Forgetting): boolean {
  const owner = tables.owners.find(account)
  if (owner === undefined) return false
  // Each once: what is left of an account is counted.
  const rows = [...new Set(hashes)].flatMap(hash => {
    const key = hashKey(hash)
    const row = key === undefined ? undefined : tables.messages.find(owner, key)
    return row === undefined ? [] : [row]
  })
  tables.messages.remove(owner, rows, 0)
  if (!isAll || !tables.messages.isEmpty(owner)) return false
  const counts = [tables.positions, tables.tombstones, tables.revocations].map(table => table.forget(owner, maxRows))
  if (counts.some(count => count === maxRows)) return true
  tables.wipes.forget(owner)
  tables.owners.release(owner)
  return false
}
