import { openDatabase, type Database } from '@sotto/server'
import { type SleepingClock } from '../../../src/clock/clock.ts'
import { defaultStoreLimits } from '../../../src/store/limits.ts'
import { nodeStoreMigrations } from '../../../src/store/sql/schema.ts'
import { SqliteNodeStore } from '../../../src/store/sqlite-node-store.ts'
import { createWrites } from '../../../src/store/write/writes.ts'
import { type LocalConnection } from '../../store/local-store.ts'

/** What one life of a node gives its disk. */
export interface DiskUser {
  readonly clock: SleepingClock
  /** How long the next commit takes, ms. */
  readonly commitMs: () => number
  /** The power is gone: the life is over. */
  readonly onPowerCut: () => void
}

/** Where a node keeps its database over all its lives. */
export interface Disk {
  /** Opens the store for one life. */
  open(user: DiskUser): Promise<SqliteNodeStore>
  /** The life will end soon, in the middle of a commit if the disk can do that. */
  cutSoon(): void
  /** The life is over: commits that did not begin are never made. */
  crash(): void
  /** Everything on it is gone. Between two lives. */
  wipe(): void
  close(): void
}

/** A disk that never fails, in memory. What is committed survives every crash, which is what `synchronous=FULL` promises. */
export class MemoryDisk implements Disk {
  #database = open()
  #life = 0

  async open(user: DiskUser): Promise<SqliteNodeStore> {
    const life = ++this.#life
    return openSlowStore(this.#database, user, () => life !== this.#life)
  }

  cutSoon(): void {}

  crash(): void {
    this.#life++
  }

  wipe(): void {
    this.#database.close()
    this.#database = open()
  }

  close(): void {
    this.#database.close()
  }
}

function open(): Database {
  return openDatabase(':memory:', { migrations: nodeStoreMigrations, synchronous: 'normal' })
}

/** The store in this thread. Commits take their time, one after the other; those of a life that is over are never answered. */
export async function openSlowStore(
  connection: LocalConnection,
  { clock, commitMs, onPowerCut }: DiskUser,
  isOver: () => boolean,
): Promise<SqliteNodeStore> {
  const write = createWrites(connection, defaultStoreLimits)
  const commit = async (before: Promise<unknown>, name: never, params: never): Promise<never> => {
    await before.catch(() => undefined)
    await clock.sleep(commitMs())
    if (isOver()) return forever()
    try {
      return inTransaction(connection, () => write<never>(name, params))
    } finally {
      if (isOver()) {
        onPowerCut()
        await forever()
      }
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  const store = new SqliteNodeStore(
    {
      reads: connection,
      write: (name, params) => {
        const done = commit(last, name as never, structuredClone(params) as never)
        last = done
        return done
      },
      pause: async () => undefined,
      close: async () => undefined,
    },
    defaultStoreLimits,
  )
  await store.recover()
  return store
}

function inTransaction<Result>(connection: LocalConnection, run: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = run()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    if (connection.inTransaction) tryRollback(connection)
    throw error
  }
}

function tryRollback(connection: LocalConnection): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // The power is gone.
  }
}

function forever(): Promise<never> {
  return new Promise(() => {})
}
