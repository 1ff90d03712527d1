import { setImmediate } from 'node:timers/promises'
import {
  type Clock,
  type Database,
  type DatabaseError,
  DatabaseWriter,
  openDatabase,
  type Operations,
  type WriterThread,
} from '@sotto/server'
import { defaultStoreLimits, RESERVE_BYTES, type StoreLimits } from './limits.ts'
import { NodeStoreError } from './node-store-error.ts'
import { nodeStoreMigrations } from './sql/schema.ts'
import { SqliteNodeStore, type StorePorts } from './sqlite-node-store.ts'
import { type WriteName, type WriteResult } from './write/writes.ts'
import { type WriteAnswer, type WriteOrder, writeOrder } from './writer-module.ts'

/** How the store of a node is opened. */
export interface NodeStoreOptions {
  /** The file of the database; begun if it is missing. */
  readonly path: string
  readonly limits?: StoreLimits
  /** With a clock a damaged database is moved aside and a new one begun, to be filled by the swarm. Spec 70, D10. */
  readonly moveAsideAt?: Pick<Clock, 'now'>
  /** Looks for damage first: a second for every 400 MB. */
  readonly check?: 'none' | 'quick' | 'full'
  /** To share with the stores of other nodes of the process; by default this one has its own. */
  readonly thread?: WriterThread
  /** Nothing can be written any more: the process has to end. Spec 70, D10. */
  readonly onFatal?: (error: DatabaseError) => void
}

/** An open store, and whether it had to begin anew. */
export interface OpenedNodeStore {
  readonly store: SqliteNodeStore
  /** Where a damaged database went. To be reported to the operator, not logged. */
  readonly movedAside?: string
}

const WRITER_CACHE_BYTES = 64 * 1024 * 1024
const READER_CACHE_BYTES = 64 * 1024 * 1024
/** 16 MB: pages that change again and again are copied into the database once for all. */
const CHECKPOINT_PAGES = 4000

/**
 * Opens the store over better-sqlite3: writes in a thread of their own, many of them in one commit that is on the disk when it
 * is answered; reads in this thread.
 * @throws {DatabaseError} as `openDatabase`
 */
export async function openNodeStore(options: NodeStoreOptions): Promise<OpenedNodeStore> {
  const { path, limits = defaultStoreLimits, check, moveAsideAt, thread, onFatal } = options
  const writer = await DatabaseWriter.open<Operations>({
    path,
    module: new URL('./writer-module.ts', import.meta.url),
    synchronous: 'full',
    cacheBytes: WRITER_CACHE_BYTES,
    maxBytes: limits.maxBytes + RESERVE_BYTES,
    checkpointPages: CHECKPOINT_PAGES,
    ...(check === undefined ? {} : { check }),
    ...(moveAsideAt === undefined ? {} : { moveAsideAt }),
    ...(thread === undefined ? {} : { thread }),
    ...(onFatal === undefined ? {} : { onFatal }),
  })
  const reads = await openReads(path).catch(async (error: unknown) => {
    await writer.close()
    throw error
  })
  let isFirst = true
  const ports: StorePorts = {
    reads,
    write: (name, params) => {
      const order = writeOrder(name, params, isFirst ? limits : undefined)
      isFirst = false
      return writeOver(writer, name, order)
    },
    pause: () => setImmediate(),
    // The writer's connection goes last: the last one to go writes the log back.
    close: async () => {
      reads.close()
      await writer.close()
    },
  }
  const store = new SqliteNodeStore(ports, limits)
  await store.recover()
  return { store, ...(writer.movedAside === undefined ? {} : { movedAside: writer.movedAside }) }
}

async function openReads(path: string): Promise<Database> {
  return openDatabase(path, {
    migrations: nodeStoreMigrations,
    synchronous: 'full',
    readonly: true,
    cacheBytes: READER_CACHE_BYTES,
  })
}

async function writeOver<Name extends WriteName>(
  writer: DatabaseWriter<Operations>,
  name: Name,
  order: WriteOrder<Name>,
): Promise<WriteResult<Name>> {
  const answer = (await writer.write(name, order as never)) as WriteAnswer<Name>
  if (typeof answer === 'string') throw new NodeStoreError(answer)
  return answer[0]
}
