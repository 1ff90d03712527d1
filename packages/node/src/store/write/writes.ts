import { type NodeId } from '@sotto/protocol/swarm'
import { type StoreLimits } from '../limits.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { type ForwardId, type Landing } from '../port/forward.ts'
import { type Connection } from '../sql/connection.ts'
import { applyTombstones } from './apply-tombstones.ts'
import { deleteAll, deleteBefore, deleteMessages } from './delete-messages.ts'
import { expire, expireAll } from './expire-messages.ts'
import { forget } from './forget.ts'
import { mergeExpiries } from './merge-expiries.ts'
import { insertRecords } from './insert-records.ts'
import { applyRevocations, revoke, unrevoke } from './revoke.ts'
import { storeMessage } from './store-message.ts'
import { sweep } from './sweep.ts'
import { createTables, type Tables } from './tables.ts'

/** Every write by its name. Parameters and results are plain data, which can cross to another thread. */
const operations = {
  store: storeMessage,
  insertRecords,
  applyTombstones,
  mergeExpiries,
  forget,
  deleteMessages,
  deleteAll,
  deleteBefore,
  expire,
  expireAll,
  revoke,
  unrevoke,
  applyRevocations,
  sweep,
  land: ({ flights }: Tables, landings: readonly Landing[]): number =>
    landings.reduce((lost, { forward, unreached }) => lost + flights.land(forward, unreached), 0),
  recover: ({ flights }: Tables, count: number): number => flights.recover(count),
  acknowledge: ({ flights }: Tables, { peer, forwards }: Acknowledgement): void => flights.acknowledge(peer, forwards),
  dropPeer: ({ flights }: Tables, { peer, count }: { readonly peer: NodeId; readonly count: number }): number =>
    flights.dropPeer(peer, count),
  setCursor: ({ flights }: Tables, { peer, cursor }: CursorChange): void => flights.setCursor(peer, cursor),
}

interface CursorChange {
  readonly peer: NodeId
  readonly cursor: Uint8Array | undefined
}

interface Acknowledgement {
  readonly peer: NodeId
  readonly forwards: readonly ForwardId[]
}

type Operations = typeof operations

/** The name of a write. */
export type WriteName = keyof Operations

/** The names of all writes. */
export const writeNames = Object.keys(operations) as readonly WriteName[]

/** What a write takes. */
export type WriteParams<Name extends WriteName> = Parameters<Operations[Name]>[1]

/** What a write answers. */
export type WriteResult<Name extends WriteName> = ReturnType<Operations[Name]>

/** Carries out a write in the transaction that its caller has begun, and undoes whole if this throws anything of SQLite's. */
export type Write = <Name extends WriteName>(name: Name, params: WriteParams<Name>) => WriteResult<Name>

/** These may find only in the middle that there is no room; all others refuse before they change anything. */
const refusedLate: ReadonlySet<WriteName> = new Set(['revoke', 'unrevoke', 'applyRevocations'])

/** The writes over a connection to a database of the newest schema. What is refused has left nothing behind. */
export function createWrites(connection: Connection, limits: StoreLimits): Write {
  const tables = createTables(connection, limits)
  return (name, params) => {
    const run = operations[name] as (tables: Tables, params: unknown) => WriteResult<typeof name>
    try {
      const result = refusedLate.has(name) ? undoable(connection, () => run(tables, params)) : run(tables, params)
      tables.totals.flush()
      return result
    } finally {
      tables.totals.discard()
    }
  }
}

function undoable<Result>(connection: Connection, run: () => Result): Result {
  connection.prepare('SAVEPOINT one_write').run()
  try {
    const result = run()
    connection.prepare('RELEASE one_write').run()
    return result
  } catch (error) {
    if (error instanceof NodeStoreError) connection.exec('ROLLBACK TO one_write; RELEASE one_write')
    throw error
  }
}
