import { isPublicInbox, isPublicOutbox } from '@sotto/protocol/storage'
import { TOMBSTONE_MS } from '../limits.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { type ForwardId } from '../port/forward.ts'
import { type NewMessage } from '../port/message.ts'
import { type StoreOutcome, type StoreRequest } from '../port/write-requests.ts'
import { hashKey } from '../sql/keys.ts'
import { type MessageRow } from './message-table.ts'
import { type Tables } from './tables.ts'
import { type Tombstone } from './tombstone-table.ts'

/** What a row costs beside its data: columns and index entries. */
const ROW_BYTES = 256

/** Keeps a message, or finds that it is here already. Spec 20 §3.6, spec 70, X7, X15. */
export function storeMessage(tables: Tables, request: StoreRequest): StoreOutcome {
  const { message, now } = request
  const hash = hashKey(message.hash)
  if (hash === undefined) throw new NodeStoreError('node-store.failed')
  requireRoom(tables, message)
  const owner = tables.owners.ensure(message.owner)
  const held = heldBack(tables.tombstones.find(owner, hash, now), request.signedAt)
  const known = living(tables, owner, hash, now)
  if (known !== undefined) return prolong(tables, request, known, held)
  if (held !== undefined) return { kind: 'deleted', until: held.until }
  requireBoxRoom(tables, owner, message)
  const { namespace, timestamp, expiry, data } = message
  tables.tombstones.clear(owner, hash)
  if (isPublicOutbox(namespace)) replaceOutbox(tables, owner, message, now)
  const position = tables.messages.insert({ owner, namespace, hash, timestamp, expiry, firstStored: now, data })
  return { kind: 'stored', already: false, expiry, ...launch(tables, request, position, expiry) }
}

/** @throws {NodeStoreError} `node-store.full` */
export function requireRoom({ space }: Tables, { data }: Pick<NewMessage, 'data'>): void {
  if (!space.fits(data.length + ROW_BYTES)) throw new NodeStoreError('node-store.full')
}

/** A row that has expired makes way. */
export function living(tables: Tables, owner: number, hash: Uint8Array, now: number): MessageRow | undefined {
  const row = tables.messages.find(owner, hash)
  if (row === undefined || row.expiry > now) return row
  tables.messages.remove(owner, [row], now)
  return undefined
}

/** The outbox holds one message: the others go, and do not come back. Spec 20 §3.3. */
export function replaceOutbox(tables: Tables, owner: number, { namespace }: NewMessage, now: number): void {
  const rows = tables.messages.inScope(owner, namespace)
  tables.messages.remove(owner, rows, now)
  for (const { hash } of rows) tables.tombstones.put(owner, hash, { since: now, until: now + TOMBSTONE_MS })
}

/** A later signature beats the deletion. */
function heldBack(tombstone: Tombstone | undefined, signedAt: number | undefined): Tombstone | undefined {
  return tombstone === undefined || (signedAt !== undefined && signedAt > tombstone.since) ? undefined : tombstone
}

/** Later expiries hold, unless the owner had shortened it, or it would get too old. */
function prolong(tables: Tables, request: StoreRequest, row: MessageRow, held: Tombstone | undefined): StoreOutcome {
  const latest = request.maxAgeMs === undefined ? Infinity : row.firstStored + request.maxAgeMs
  const wanted = held === undefined ? Math.min(request.message.expiry, latest) : row.expiry
  const expiry = Math.max(row.expiry, wanted)
  if (expiry !== row.expiry) tables.messages.setExpiry(row.position, expiry)
  return { kind: 'stored', already: true, expiry, ...launch(tables, request, row.position, expiry) }
}

function launch(
  { flights }: Tables,
  { peers = [] }: StoreRequest,
  position: number,
  until: number,
): { readonly forward?: ForwardId } {
  return peers.length === 0 ? {} : { forward: flights.launchMessage(position, until, peers) }
}

/** @throws {NodeStoreError} `node-store.box-full` */
function requireBoxRoom({ messages, limits }: Tables, owner: number, { namespace, data }: NewMessage): void {
  if (!isPublicInbox(namespace)) return
  const box = messages.box(owner, namespace)
  if (box.messages >= limits.maxInboxMessages || box.bytes + data.length > limits.maxInboxBytes) {
    throw new NodeStoreError('node-store.box-full')
  }
}
