import { isPublicInbox, isPublicOutbox } from '@sotto/protocol/storage'
import { compareBytes } from '@sotto/protocol/encoding'
import { type MessageRecord } from '../port/message.ts'
import { type InsertOutcome } from '../port/replica.ts'
import { hashKey } from '../sql/keys.ts'
import { prolongByCopy } from './merge-expiries.ts'
import { type NewRow } from './message-table.ts'
import { living, replaceOutbox, requireRoom } from './store-message.ts'
import { type Tables } from './tables.ts'

/** What to insert, and the place in the list of what was: the listeners are told of those. */
export interface InsertedRecords extends InsertOutcome {
  readonly insertedAt: readonly number[]
}

/** Takes in what a peer has. What is known lives as long as the longer of the two copies. Spec 20 §6, spec 70, X6, X7, D5. */
export function insertRecords(
  tables: Tables,
  { records, now }: { readonly records: readonly MessageRecord[]; readonly now: number },
): InsertedRecords {
  const bytes = records.reduce((sum, { data }) => sum + data.length, 0)
  requireRoom(tables, bytes, records.length)
  const insertedAt: number[] = []
  let known = 0
  for (const [at, record] of inOrder(records)) {
    const fate = insertRecord(tables, record, now)
    if (fate === 'inserted') insertedAt.push(at)
    else if (fate === 'known') known += 1
  }
  const inserted = insertedAt.length
  return { inserted, known, refused: records.length - inserted - known, insertedAt }
}

/**
 * The oldest first, as clients would have seen them: whoever comes with the last message it knows from an earlier time, when this
 * node served the account before, finds what is newer after it.
 */
function inOrder(records: readonly MessageRecord[]): readonly (readonly [at: number, record: MessageRecord])[] {
  const age = ({ firstStored, timestamp }: MessageRecord): number => firstStored ?? timestamp
  return [...records.entries()].toSorted(([, a], [, b]) => age(a) - age(b))
}

function insertRecord(tables: Tables, record: MessageRecord, now: number): 'inserted' | 'known' | 'refused' {
  const { namespace, timestamp, expiry, data } = record
  const hash = hashKey(record.hash)
  if (hash === undefined || expiry <= now) return 'refused'
  const owner = tables.owners.find(record.owner)
  const known = owner === undefined ? undefined : living(tables, owner, hash, now)
  if (owner !== undefined && known !== undefined) {
    prolongByCopy(tables, owner, known, { expiry, now })
    return 'known'
  }
  const firstStored = Math.min(record.firstStored ?? timestamp, now)
  const row = { namespace, hash, timestamp, expiry, firstStored, data }
  if (owner !== undefined && isBeaten(tables, { ...row, owner }, now)) return 'refused'
  insertNew(tables, { ...row, owner: owner ?? tables.owners.ensure(record.owner) }, now)
  return 'inserted'
}

function insertNew(tables: Tables, row: NewRow, now: number): void {
  tables.tombstones.clear(row.owner, row.hash)
  if (isPublicOutbox(row.namespace)) replaceOutbox(tables, row, now)
  tables.messages.insert(row)
}

/**
 * By a deletion after it was first stored, or in an outbox by a later message. Where anyone may store, no store beats a
 * deletion: it could be anyone's.
 */
function isBeaten(tables: Tables, row: NewRow, now: number): boolean {
  const tombstone = tables.tombstones.find(row.owner, row.hash, now)
  if (tombstone !== undefined && (isPublicInbox(row.namespace) || row.firstStored <= tombstone.since)) return true
  if (!isPublicOutbox(row.namespace)) return false
  const rows = tables.messages.inScope(row.owner, row.namespace)
  return rows.some(other => other.expiry > now && isLater(other, row))
}

function isLater(a: Pick<NewRow, 'timestamp' | 'hash'>, b: Pick<NewRow, 'timestamp' | 'hash'>): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp
  return compareBytes(a.hash, b.hash) > 0
}
