import { type ExpireMode, type MessageHash, sortHashes } from '@sotto/protocol/storage'
import {
  type ExpireAllOutcome,
  type ExpireAllRequest,
  type ExpireOutcome,
  type ExpireRequest,
} from '../port/write-requests.ts'
import { hashKey } from '../sql/keys.ts'
import { byNamespace, launchRequest } from './delete-messages.ts'
import { type MessageRow } from './message-table.ts'
import { setExpiry } from './set-expiry.ts'
import { type Tables } from './tables.ts'

/**
 * Changes expiries by hash. What had nothing to change counts as changed too: elsewhere it may have had, and members have to
 * agree on which change was the last. Spec 20 §3.10, spec 70, D5.
 */
export function expire(tables: Tables, request: ExpireRequest): ExpireOutcome {
  const { hashes, expiries, mode, now } = request
  const owner = tables.owners.find(request.owner)
  const updated = new Map<MessageHash, number>()
  const unchanged = new Map<MessageHash, number>()
  for (const [at, hash] of hashes.entries()) {
    const row = owner === undefined ? undefined : rowOf(tables, owner, hash, now)
    const expiry = expiries[expiries.length === 1 ? 0 : at]
    if (owner === undefined || row === undefined || expiry === undefined || updated.has(hash)) continue
    const edited = editedAt(tables, owner, row, request)
    if (edited === undefined) continue
    if (isWanted(mode, row.expiry, expiry)) {
      setExpiry(tables, owner, row, { expiry, edited, now })
      updated.set(hash, expiry)
      unchanged.delete(hash)
    } else {
      tables.edits.put(owner, row.hash, edited)
      unchanged.set(hash, row.expiry)
    }
  }
  return { updated: sorted(updated), unchanged: sorted(unchanged), ...launchRequest(tables, request.forward) }
}

/** Makes everything end by a time. Spec 20 §3.9. */
export function expireAll(tables: Tables, request: ExpireAllRequest): ExpireAllOutcome {
  const { scope, expiry, now } = request
  const owner = tables.owners.find(request.owner)
  const forward = launchRequest(tables, request.forward)
  if (owner === undefined) return { updated: new Map(), ...forward }
  const rows = tables.messages.inScope(owner, scope).filter(row => row.expiry > now)
  const updated = rows.filter(row => {
    const edited = editedAt(tables, owner, row, request)
    if (edited === undefined) return false
    if (row.expiry > expiry) setExpiry(tables, owner, row, { expiry, edited, now })
    else tables.edits.put(owner, row.hash, edited)
    return row.expiry > expiry
  })
  return { updated: byNamespace(updated), ...forward }
}

function rowOf(tables: Tables, owner: number, hash: MessageHash, now: number): MessageRow | undefined {
  const key = hashKey(hash)
  const row = key === undefined ? undefined : tables.messages.find(owner, key)
  return row !== undefined && row.expiry > now ? row : undefined
}

function isWanted(mode: ExpireMode | undefined, current: number, expiry: number): boolean {
  if (mode === undefined) return true
  return mode === 'shorten' ? expiry < current : expiry > current
}

/** An older change that comes late changes nothing any more; one that comes at once is the latest, whatever clocks say. */
function editedAt(
  tables: Tables,
  owner: number,
  { hash, firstStored }: MessageRow,
  { now, acceptedAt = now, storedUntil = Infinity }: ExpireRequest | ExpireAllRequest,
): number | undefined {
  const last = tables.edits.find(owner, hash)
  const isLate = storedUntil !== Infinity
  if (firstStored > storedUntil || (isLate && last > acceptedAt)) return undefined
  return Math.max(last, acceptedAt)
}

function sorted(expiries: ReadonlyMap<MessageHash, number>): ReadonlyMap<MessageHash, number> {
  return new Map(sortHashes(expiries.keys()).map(hash => [hash, expiries.get(hash) ?? 0]))
}
