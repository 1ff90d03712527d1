import { type Database, type Operation, type WriteValue } from '@sotto/server'
import { type StoreLimits } from './limits.ts'
import { NodeStoreError, type NodeStoreErrorCode } from './node-store-error.ts'
import { packStore, type StoreOrder, unpackStore } from './store-order.ts'
import {
  createWrites,
  type Write,
  type WriteName,
  type WriteParams,
  writeNames,
  type WriteResult,
} from './write/writes.ts'

/** What the writer's thread answers to a write: its result, or why the store refused it. */
export type WriteAnswer<Name extends WriteName> = readonly [result: WriteResult<Name>] | NodeStoreErrorCode

/** What the writer's thread is told. Threads share nothing, so the limits travel with the first write, which sets up the rest. */
export type WriteOrder<Name extends WriteName> = readonly [params: WriteParams<Name> | StoreOrder, limits?: StoreLimits]

/** A write as the writer's thread is told of it. */
export function writeOrder<Name extends WriteName>(
  name: Name,
  params: WriteParams<Name>,
  limits?: StoreLimits,
): WriteOrder<Name> {
  const packed = name === 'store' ? packStore(params as WriteParams<'store'>) : params
  return limits === undefined ? [packed] : [packed, limits]
}

/** The prepared statements of the connections of this thread. */
const prepared = new WeakMap<Database, Write>()

function writesOver(database: Database, limits: StoreLimits | undefined): Write {
  const known = prepared.get(database)
  if (known !== undefined) return known
  if (limits === undefined) throw new NodeStoreError('node-store.failed')
  const write = createWrites(database, limits)
  prepared.set(database, write)
  return write
}

/** A refusal is an answer: only answers keep their code on the way between threads. Maps cross like everything else. */
function operation(name: WriteName): Operation {
  return (database, [told, limits]: WriteOrder<WriteName>) => {
    try {
      const params = name === 'store' ? unpackStore(told as StoreOrder) : (told as WriteParams<WriteName>)
      return [writesOver(database, limits)(name, params)] as WriteValue
    } catch (error) {
      if (error instanceof NodeStoreError) return error.code
      throw error
    }
  }
}

/** The writes of the store, for the thread of a `DatabaseWriter`. */
export const operations = Object.fromEntries(writeNames.map(name => [name, operation(name)]))

export { nodeStoreMigrations as migrations } from './sql/schema.ts'
