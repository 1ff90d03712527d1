import { migrate } from './migrations/migrate.ts'
import { Announcer, type ChangeListener } from './announcer.ts'
import { type SqlChange, type SqlDatabase, type SqlRow, type SqlValue } from './sql.ts'
import { type PreparedStatement, Statements } from './statements.ts'
import { StoreError } from './store-error.ts'

/**
 * What a change or a question is about: the name of a table, or a word that a feature chose for something that is not kept in
 * the database.
 */
export type Topic = string

/** Reads the store. Parameters take the places of `?` in order. */
export interface Reader {
  all(sql: string, ...params: SqlValue[]): readonly SqlRow[]
  get(sql: string, ...params: SqlValue[]): SqlRow | undefined
  /** Says that the answer also depends on something that is not in the database. See `Store.announce`. */
  dependOn(topic: Topic): void
}

/** Reads and writes inside one transaction. Not to be kept beyond it. */
export interface Tx extends Reader {
  run(sql: string, ...params: SqlValue[]): SqlChange
  /** Runs this if and when the transaction is committed, before the change is announced. It must not throw. */
  afterCommit(run: () => void): void
}

/** Decrypted pages that are kept in memory: with the 2 MiB that SQLite takes by itself, lists are three times slower. */
const CACHE_KIB = 16_384

/** An answer, and the topics that it was made from. */
export interface TrackedAnswer<T> {
  readonly value: T
  readonly topics: ReadonlySet<Topic>
}

/**
 * The database of one account with its one writer. Transactions are synchronous, so they never span a wait, and no two ever
 * overlap. After a commit the tables that it changed are announced, in a later turn, those of several commits together.
 */
export class Store {
  readonly #database: SqlDatabase
  readonly #statements: Statements
  readonly #announcer = new Announcer()
  #writing = false
  #closed = false

  private constructor(database: SqlDatabase) {
    this.#database = database
    this.#statements = new Statements(database)
  }

  /**
   * Takes over an open database and brings its schema up to date. `now` is Unix ms.
   * @throws {StoreError} `store.newer-schema`, `store.broken-schema`; nothing was changed then
   */
  static open(database: SqlDatabase, now: number): Store {
    database.exec('PRAGMA foreign_keys = ON')
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`)
    migrate(database, now)
    return new Store(database)
  }

  /** Reads without a transaction: nothing can be written in between, as this is synchronous. */
  read<T>(run: (reader: Reader) => T): T {
    return run(this.#reader(undefined))
  }

  /** Reads, and tells from which topics. */
  readTracked<T>(run: (reader: Reader) => T): TrackedAnswer<T> {
    const topics = new Set<Topic>()
    return { value: run(this.#reader(topics)), topics }
  }

  /**
   * Runs one transaction: everything in it, or nothing if it throws.
   * @throws {StoreError} `store.nested-transaction`, `store.asynchronous-transaction`, `store.closed`
   */
  write<T>(run: (tx: Tx) => T): T {
    if (this.#writing) throw new StoreError('store.nested-transaction')
    this.#requireOpen()
    const changed = new Set<Topic>()
    const afterwards: (() => void)[] = []
    this.#database.exec('BEGIN IMMEDIATE')
    this.#writing = true
    let value: T
    try {
      value = run(this.#tx(changed, afterwards))
      if (value instanceof Promise) throw new StoreError('store.asynchronous-transaction')
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#rollBack()
      throw error
    } finally {
      this.#writing = false
    }
    for (const each of afterwards) each()
    this.#announcer.announce(changed)
    return value
  }

  /** Told of changed topics after the commit, in a later turn. Returns what ends it. */
  onChange(listener: ChangeListener): () => void {
    return this.#announcer.listen(listener)
  }

  /** Announces something that is not in the database, so that questions that depend on it are asked again. */
  announce(topic: Topic): void {
    this.#announcer.announce(new Set([topic]))
  }

  /** Leaves nothing of what was deleted in the files: what the log of the database still holds goes. Spec 70 C3. */
  scrub(): void {
    if (this.#writing) throw new StoreError('store.nested-transaction')
    this.#requireOpen()
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Closes the database. Further use throws `store.closed`. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#announcer.close()
    this.#database.close()
  }

  #reader(topics: Set<Topic> | undefined): Reader {
    const prepared = (sql: string): PreparedStatement => {
      this.#requireOpen()
      const statement = this.#statements.prepare(sql)
      if (topics !== undefined) for (const table of statement.tables) topics.add(table)
      return statement
    }
    return {
      all: (sql, ...params) => prepared(sql).statement.all(...params),
      get: (sql, ...params) => prepared(sql).statement.get(...params),
      dependOn: topic => {
        topics?.add(topic)
      },
    }
  }

  #tx(changed: Set<Topic>, afterwards: (() => void)[]): Tx {
    return {
      ...this.#reader(undefined),
      run: (sql, ...params) => {
        const { statement, changes } = this.#statements.prepare(sql)
        const change = statement.run(...params)
        if (change.changes > 0) for (const table of changes) changed.add(table)
        return change
      },
      afterCommit: run => {
        afterwards.push(run)
      },
    }
  }

  /** The first error counts: a connection that is gone has rolled back by itself. */
  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK')
    } catch {
      // SQLite ends the transaction by itself after some errors, and a dead connection has none.
    }
  }

  #requireOpen(): void {
    if (this.#closed) throw new StoreError('store.closed')
  }
}
