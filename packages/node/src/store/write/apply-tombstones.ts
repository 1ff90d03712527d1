import { isPublicInbox } from '@sotto/protocol/storage'
import { type TombstoneRecord } from '../port/replica.ts'
import { hashKey } from '../sql/keys.ts'
import { type Tables } from './tables.ts'

/**
 * Deletions that a peer knows of: what was first stored before goes here too, and where anyone may store, later copies as well.
 * Answers how many went. Spec 70, X7, D5.
 */
export function applyTombstones(
  tables: Tables,
  { records, now }: { readonly records: readonly TombstoneRecord[]; readonly now: number },
): number {
  return records.filter(record => applyOne(tables, record, now)).length
}

function applyOne(tables: Tables, record: TombstoneRecord, now: number): boolean {
  const hash = hashKey(record.hash)
  if (hash === undefined || record.until <= now) return false
  const owner = tables.owners.ensure(record.owner)
  const row = tables.messages.find(owner, hash)
  const isYounger = row !== undefined && row.expiry > now && row.firstStored > record.since
  if (isYounger && !isPublicInbox(row.namespace)) return false
  if (row !== undefined) tables.messages.remove(owner, [row], now)
  tables.tombstones.put(owner, hash, record)
  return row !== undefined && row.expiry > now
}
