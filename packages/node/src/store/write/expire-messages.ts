import { type ExpireMode, type MessageHash, sortHashes } from '@sotto/protocol/storage'
import { TOMBSTONE_MS } from '../limits.ts'
import {
  type ExpireAllOutcome,
  type ExpireAllRequest,
  type ExpireOutcome,
  type ExpireRequest,
} from '../port/write-requests.ts'
import { hashKey } from '../sql/keys.ts'
import { byNamespace, launchRequest } from './delete-messages.ts'
import { type MessageRow } from './message-table.ts'
import { type Tables } from './tables.ts'

/** Changes expiries by hash. Spec 20 §3.10. */
export function expire(tables: Tables, request: ExpireRequest): ExpireOutcome {
  const { hashes, expiries, mode, now, acceptedAt = now, storedUntil = Infinity } = request
  const owner = tables.owners.find(request.owner)
  const updated = new Map<MessageHash, number>()
  const unchanged = new Map<MessageHash, number>()
  for (const [at, hash] of hashes.entries()) {
    const row = owner === undefined ? undefined : rowOf(tables, owner, hash, now)
    const expiry = expiries[expiries.length === 1 ? 0 : at]
    if (owner === undefined || row === undefined || expiry === undefined || updated.has(hash)) continue
    if (row.firstStored > storedUntil) continue
    if (isWanted(mode, row.expiry, expiry)) {
      setExpiry(tables, owner, row, { expiry, acceptedAt, now })
      updated.set(hash, expiry)
      unchanged.delete(hash)
    } else unchanged.set(hash, row.expiry)
  }
  return { updated: sorted(updated), unchanged: sorted(unchanged), ...launchRequest(tables, request.forward) }
}

/** Makes everything end by a time. Spec 20 §3.9. */
export function expireAll(tables: Tables, request: ExpireAllRequest): ExpireAllOutcome {
  const { scope, expiry, now, acceptedAt = now, storedUntil = Infinity } = request
  const owner = tables.owners.find(request.owner)
  const forward = launchRequest(tables, request.forward)
  if (owner === undefined) return { updated: new Map(), ...forward }
  const rows = tables.messages
    .inScope(owner, scope)
    .filter(row => row.expiry > now && row.expiry > expiry && row.firstStored <= storedUntil)
  for (const row of rows) setExpiry(tables, owner, row, { expiry, acceptedAt, now })
  return { updated: byNamespace(rows), ...forward }
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

/** What was shortened is not to be prolonged by copies or captured stores; what the owner prolonged is. Spec 70, D5. */
function setExpiry(
  tables: Tables,
  owner: number,
  row: MessageRow,
  { expiry, acceptedAt, now }: { readonly expiry: number; readonly acceptedAt: number; readonly now: number },
): void {
  tables.messages.setExpiry(row.position, expiry)
  const since = Math.max(acceptedAt, row.firstStored)
  if (expiry < row.expiry) tables.tombstones.put(owner, row.hash, { since, until: now + TOMBSTONE_MS })
  else if (expiry > row.expiry) tables.tombstones.clear(owner, row.hash)
}

function sorted(expiries: ReadonlyMap<MessageHash, number>): ReadonlyMap<MessageHash, number> {
  return new Map(sortHashes(expiries.keys()).map(hash => [hash, expiries.get(hash) ?? 0]))
}
