import { type StoreLimits } from '../../src/index.ts'
import { type Connection } from '../../src/store/sql/connection.ts'
import { SqliteNodeStore, type StorePorts } from '../../src/store/sqlite-node-store.ts'
import { createWrites, type Write } from '../../src/store/write/writes.ts'

/** A connection that reads and writes in this thread. */
export interface LocalConnection extends Connection {
  readonly inTransaction: boolean
  close(): void
}

/** The store without a thread. What is asked for in one turn is committed together, as in production. */
export async function openLocalStore(connection: LocalConnection, limits: StoreLimits): Promise<SqliteNodeStore> {
  const group = new GroupCommit(connection, createWrites(connection, limits))
  const ports: StorePorts = {
    reads: connection,
    write: (name, params) => group.write(write => write(name, params)),
    pause: async () => {},
    close: async () => {
      await group.settled()
      connection.close()
    },
  }
  const store = new SqliteNodeStore(ports, limits)
  await store.recover()
  return store
}

interface Waiting {
  readonly run: (write: Write) => unknown
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

class GroupCommit {
  readonly #connection: LocalConnection
  readonly #write: Write
  #waiting: Waiting[] = []
  #turn: Promise<void> = Promise.resolve()

  constructor(connection: LocalConnection, write: Write) {
    this.#connection = connection
    this.#write = write
  }

  write<Result>(run: (write: Write) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject })
      if (this.#waiting.length === 1) this.#turn = Promise.resolve().then(() => this.#commit())
    })
  }

  settled(): Promise<void> {
    return this.#turn
  }

  #commit(): void {
    const group = this.#waiting
    this.#waiting = []
    const settle: (() => void)[] = []
    try {
      this.#connection.exec('BEGIN IMMEDIATE')
      for (const { run, resolve, reject } of group) settle.push(this.#attempt(run, resolve, reject))
      this.#connection.exec('COMMIT')
      for (const each of settle) each()
    } catch (error) {
      this.#undo()
      for (const { reject } of group) reject(error)
    }
  }

  /** A write that fails is undone alone, unless SQLite has given up the whole transaction. */
  #attempt(run: Waiting['run'], resolve: Waiting['resolve'], reject: Waiting['reject']): () => void {
    this.#connection.exec('SAVEPOINT one')
    try {
      const result = run(this.#write)
      this.#connection.exec('RELEASE one')
      return () => resolve(result as never)
    } catch (error) {
      if (!this.#connection.inTransaction) throw error
      this.#connection.exec('ROLLBACK TO one; RELEASE one')
      return () => reject(error)
    }
  }

  #undo(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK')
    } catch {
      // The disk is off.
    }
  }
}
