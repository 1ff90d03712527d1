import { maxTtlMs } from '@sotto/protocol/storage'
import { type ExpiryRecord } from '../port/replica.ts'
import { hashKey } from '../sql/keys.ts'
import { type MessageRow } from './message-table.ts'
import { setExpiry } from './set-expiry.ts'
import { type Tables } from './tables.ts'

/** Members date the same store a little differently, ms. */
const SLACK_MS = 3_600_000

/** Ends that peers tell of. Answers how many messages have another one now. Spec 70, D5. */
export function mergeExpiries(
  tables: Tables,
  {
    records,
    isProven,
    now,
  }: { readonly records: readonly ExpiryRecord[]; readonly isProven: boolean; readonly now: number },
): number {
  return records.filter(record => {
    const hash = hashKey(record.hash)
    const owner = tables.owners.find(record.owner)
    const row = owner === undefined || hash === undefined ? undefined : tables.messages.find(owner, hash)
    if (owner === undefined || row === undefined || row.expiry <= now || record.expiry <= now) return false
    return isProven
      ? mergeProven(tables, owner, row, { ...record, now })
      : prolongByCopy(tables, owner, row, { ...record, now })
  }).length
}

/** The later change holds, and of two at once that of the others, who are more. Of mere stores the later end does. */
function mergeProven(
  tables: Tables,
  owner: number,
  row: MessageRow,
  { expiry, edited, now }: { readonly expiry: number; readonly edited: number; readonly now: number },
): boolean {
  const own = tables.edits.find(owner, row.hash)
  const isLater = edited > own || (edited === own && (edited > 0 || expiry > row.expiry))
  if (!isLater) return false
  if (edited === 0) tables.messages.setExpiry(row.position, expiry)
  else setExpiry(tables, owner, row, { expiry, edited, now })
  return expiry !== row.expiry
}

/**
 * One peer alone can make a message live as long as a store could have, and no longer, unless its owner has set an end: so no
 * liar fills disks, or undoes what an owner did.
 */
export function prolongByCopy(
  tables: Tables,
  owner: number,
  row: MessageRow,
  { expiry, now }: { readonly expiry: number; readonly now: number },
): boolean {
  const { position, hash, namespace, firstStored } = row
  if (expiry <= row.expiry || expiry > firstStored + maxTtlMs(namespace) + SLACK_MS) return false
  if (tables.edits.find(owner, hash) > 0 || tables.tombstones.find(owner, hash, now) !== undefined) return false
  tables.messages.setExpiry(position, expiry)
  return true
}
