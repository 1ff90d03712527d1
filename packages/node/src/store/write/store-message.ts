import { compareBytes } from '@sotto/protocol/encoding'
import { isPublicInbox, isPublicOutbox } from '@sotto/protocol/storage'
import { type StoreLimits, TOMBSTONE_MS } from '../limits.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { type ForwardId } from '../port/forward.ts'
import { type StoreOutcome, type StoreRequest } from '../port/write-requests.ts'
import { hashKey } from '../sql/keys.ts'
import { type MessageRow, type NewRow } from './message-table.ts'
import { type Tables } from './tables.ts'
import { type Tombstone } from './tombstone-table.ts'

/** What a row costs beside its data: columns and index entries. */
const ROW_BYTES = 256

/** Keeps a message, or finds that it is here already. Refuses before it changes anything. Spec 20 §3.6, spec 70, X7, X15. */
export function storeMessage(tables: Tables, request: StoreRequest): StoreOutcome {
  const { message, now, acceptedAt = now, signedAt } = request
  const hash = hashKey(message.hash)
  if (hash === undefined) throw new NodeStoreError('node-store.failed')
  const owner = tables.owners.find(message.owner)
  const stone = owner === undefined ? undefined : tables.tombstones.find(owner, hash, now)
  const isHeldBack = stone !== undefined && (signedAt === undefined || signedAt <= stone.since)
  const row = owner === undefined ? undefined : tables.messages.find(owner, hash)
  if (owner !== undefined && row !== undefined && row.expiry > now)
    return prolong(tables, request, { owner, row }, isHeldBack)
  if (isHeldBack) return { kind: 'deleted', until: stone.until }
  requireRoom(tables, message.data.length)
  const most = isPublicInbox(message.namespace) ? tables.limits : unboundedInbox
  if (message.data.length > most.maxInboxBytes) throw new NodeStoreError('node-store.box-full')
  const newRow = { ...message, owner: owner ?? tables.owners.ensure(message.owner), hash, firstStored: acceptedAt }
  return insertNew(tables, request, newRow, { row, stone, most })
}

/** What stands in the way of a message that is to be inserted. */
interface Obstacles {
  readonly row: MessageRow | undefined
  readonly stone: Tombstone | undefined
  readonly most: Pick<StoreLimits, 'maxInboxMessages' | 'maxInboxBytes'>
}

const unboundedInbox = { maxInboxMessages: Number.MAX_SAFE_INTEGER, maxInboxBytes: Number.MAX_SAFE_INTEGER }

function insertNew(
  tables: Tables,
  request: StoreRequest,
  newRow: NewRow,
  { row, stone, most }: Obstacles,
): StoreOutcome {
  const { owner, namespace, hash, expiry } = newRow
  const { now } = request
  if (isPublicOutbox(namespace)) replaceOutbox(tables, newRow, now)
  const position = tables.messages.insert(newRow, { messages: most.maxInboxMessages, bytes: most.maxInboxBytes })
  if (position === undefined) throw new NodeStoreError('node-store.box-full')
  if (row !== undefined) tables.messages.remove(owner, [row], now)
  if (stone !== undefined) tables.tombstones.clear(owner, hash)
  return { kind: 'stored', already: false, expiry, ...launch(tables, request, position, expiry) }
}

/**
 * For so many bytes of data, of one message or several.
 * @throws {NodeStoreError} `node-store.full`
 */
export function requireRoom({ space }: Tables, bytes: number, messages = 1): void {
  if (!space.fits(bytes + messages * ROW_BYTES)) throw new NodeStoreError('node-store.full')
}

/** A row that has expired makes way. */
export function living(tables: Tables, owner: number, hash: Uint8Array, now: number): MessageRow | undefined {
  const row = tables.messages.find(owner, hash)
  if (row === undefined || row.expiry > now) return row
  tables.messages.remove(owner, [row], now)
  return undefined
}

/** The outbox holds one message: the others go, and do not come back. Spec 20 §3.3. */
export function replaceOutbox(tables: Tables, { owner, namespace, hash, firstStored }: NewRow, now: number): void {
  const others = tables.messages.inScope(owner, namespace).filter(row => compareBytes(row.hash, hash) !== 0)
  tables.messages.remove(owner, others, now)
  for (const row of others) {
    if (row.expiry <= now) continue
    const since = Math.max(firstStored, row.firstStored)
    tables.tombstones.put(owner, row.hash, { since, until: now + TOMBSTONE_MS })
  }
}

/**
 * Later expiries hold, unless the owner had shortened it, or it would get too old. After a change of the owner's it is one, and like
 * those it goes to the others as the request: a copy from one member alone cannot prolong what an owner has set. Spec 70, D5.
 */
function prolong(
  tables: Tables,
  request: StoreRequest,
  { owner, row }: { readonly owner: number; readonly row: MessageRow },
  isHeldBack: boolean,
): StoreOutcome {
  const { now, acceptedAt = now, isLate = false, maxAgeMs = Infinity } = request
  const edited = tables.edits.find(owner, row.hash)
  const isOutdated = isHeldBack || (isLate && edited > acceptedAt)
  const wanted = isOutdated ? row.expiry : Math.min(request.message.expiry, row.firstStored + maxAgeMs)
  const expiry = Math.max(row.expiry, wanted)
  const isEdit = edited > 0 && expiry !== row.expiry
  if (expiry !== row.expiry) tables.messages.setExpiry(row.position, expiry)
  if (isEdit) tables.edits.put(owner, row.hash, Math.max(edited, acceptedAt))
  return { kind: 'stored', already: true, expiry, ...launch(tables, request, row.position, expiry, isEdit) }
}

function launch(
  { flights }: Tables,
  { peers = [], body }: StoreRequest,
  position: number,
  until: number,
  isEdit = false,
): { readonly forward?: ForwardId } {
  if (peers.length === 0) return {}
  if (isEdit && body !== undefined) return { forward: flights.launchRequest({ peers, body, until }) }
  return { forward: flights.launchMessage(position, until, peers) }
}
