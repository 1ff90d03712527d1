import { isPublicInbox, type MessageHash, type Namespace, sortHashes } from '@sotto/protocol/storage'
import { OVERTAKING_MS, TOMBSTONE_MS } from '../limits.ts'
import { type ForwardId, type RequestForward } from '../port/forward.ts'
import {
  type DeleteAllRequest,
  type DeleteBeforeRequest,
  type DeleteManyOutcome,
  type DeleteOutcome,
  type DeleteRequest,
  type HashesByNamespace,
} from '../port/write-requests.ts'
import { hashKey, hashOf } from '../sql/keys.ts'
import { type MessageRow } from './message-table.ts'
import { type Tables } from './tables.ts'

/**
 * Deletes by hash. Hashes that are not here get a tombstone too: the message may still be on its way from another member.
 * Spec 20 §3.8, spec 70, X2, X7.
 */
export function deleteMessages(tables: Tables, request: DeleteRequest): DeleteOutcome {
  const { owner: account, hashes, signature, now, acceptedAt = now, storedUntil = Infinity } = request
  const forward = launchRequest(tables, request.forward)
  if (signature !== undefined && tables.executed.knows(account, signature, now)) return { deleted: [], ...forward }
  const owner = tables.owners.ensure(account)
  const rows: MessageRow[] = []
  for (const hash of new Set(hashes)) {
    const key = hashKey(hash)
    if (key === undefined) continue
    const row = tables.messages.find(owner, key)
    if (row !== undefined && isStoredAfter(row, storedUntil)) continue
    if (row !== undefined && row.expiry > now) rows.push(row)
    const since = row === undefined ? acceptedAt : deletedSince(row, acceptedAt, storedUntil)
    tables.tombstones.put(owner, key, { since, until: now + TOMBSTONE_MS })
  }
  tables.messages.remove(owner, rows, now)
  if (signature !== undefined && rows.length > 0) tables.executed.remember(account, signature, now)
  return { deleted: sortHashes(rows.map(({ hash }) => hashOf(hash))), ...forward }
}

/** Spec 20 §3.9, spec 70 §6.4. */
export function deleteAll(tables: Tables, request: DeleteAllRequest): DeleteManyOutcome {
  const { owner: account, scope, timestamp, now } = request
  const owner = tables.owners.ensure(account)
  const isNew = tables.wipes.advance(owner, scope, timestamp, now)
  const deleted = isNew ? deleteRows(tables, owner, request, () => true) : new Map<Namespace, MessageHash[]>()
  return { deleted, ...launchRequest(tables, request.forward) }
}

/** Spec 20 §3.9. */
export function deleteBefore(tables: Tables, request: DeleteBeforeRequest): DeleteManyOutcome {
  const { before } = request
  const owner = tables.owners.find(request.owner)
  const forward = launchRequest(tables, request.forward)
  if (owner === undefined) return { deleted: new Map(), ...forward }
  return { deleted: deleteRows(tables, owner, request, ({ timestamp }) => timestamp <= before), ...forward }
}

/** A deletion that comes late does not reach what was stored since, but where stores need no signature it does. */
function isStoredAfter({ firstStored, namespace }: MessageRow, storedUntil: number): boolean {
  return firstStored > storedUntil && !isPublicInbox(namespace)
}

/**
 * What is deleted at once counts as older than its deletion, however clocks differ; unless the two are so close together that
 * they may have overtaken each other. Of what is deleted late nobody knows: if it was stored again, it comes back by a copy.
 */
function deletedSince({ firstStored }: MessageRow, deletedAt: number, storedUntil: number): number {
  return storedUntil === Infinity && firstStored > deletedAt + OVERTAKING_MS ? firstStored : deletedAt
}

function deleteRows(
  tables: Tables,
  owner: number,
  { scope, now, acceptedAt = now, storedUntil = Infinity }: DeleteAllRequest | DeleteBeforeRequest,
  wanted: (row: MessageRow) => boolean,
): HashesByNamespace {
  const rows = tables.messages
    .inScope(owner, scope)
    .filter(row => row.expiry > now && row.firstStored <= storedUntil && wanted(row))
  tables.messages.remove(owner, rows, now)
  for (const row of rows) {
    const since = deletedSince(row, acceptedAt, storedUntil)
    tables.tombstones.put(owner, row.hash, { since, until: now + TOMBSTONE_MS })
  }
  return byNamespace(rows)
}

/** The hashes of rows, each list in the order of ASCII. */
export function byNamespace(rows: readonly MessageRow[]): HashesByNamespace {
  const lists = new Map<Namespace, MessageHash[]>()
  for (const { namespace, hash } of rows) {
    const list = lists.get(namespace) ?? []
    list.push(hashOf(hash))
    lists.set(namespace, list)
  }
  return new Map(Array.from(lists, ([namespace, hashes]) => [namespace, sortHashes(hashes)]))
}

/** The same request starts its way to the others. */
export function launchRequest(
  { flights }: Tables,
  forward: RequestForward | undefined,
): { readonly forward?: ForwardId } {
  return forward === undefined || forward.peers.length === 0 ? {} : { forward: flights.launchRequest(forward) }
}
