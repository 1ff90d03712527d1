import { DatabaseError, databaseErrorOf, withTypedErrors } from './database-error.ts'
import type { NativeDatabase } from './native.ts'
import { Statement } from './statement.ts'

/** How a statement is prepared. */
export interface StatementOptions {
  /** Integers come as bigints: for columns that hold 64-bit numbers. */
  readonly bigints?: boolean
}

/**
 * One connection to an SQLite database, made by `openDatabase`. Every method throws `DatabaseError` only; errors that a
 * function given to `transaction` throws pass through.
 */
export class Database {
  readonly #native: NativeDatabase
  readonly #statements = new Map<string, Statement<unknown>>()
  readonly #begin: Statement<never>
  readonly #commit: Statement<never>
  readonly #rollback: Statement<never>
  /** Where the file of a damaged database went that stood in the way, if there was one. Report it, do not log it. */
  readonly movedAside: string | undefined

  constructor(native: NativeDatabase, movedAside?: string) {
    this.#native = native
    this.movedAside = movedAside
    this.#begin = new Statement(native.prepare('BEGIN IMMEDIATE'))
    this.#commit = new Statement(native.prepare('COMMIT'))
    this.#rollback = new Statement(native.prepare('ROLLBACK'))
  }

  /** Whether a transaction is open. SQLite ends one by itself after some errors. */
  get inTransaction(): boolean {
    return this.#native.inTransaction
  }

  /** The statement of this SQL, prepared once. Never put values from outside into SQL: each text is kept. */
  prepare<Row = never>(sql: string, { bigints = false }: StatementOptions = {}): Statement<Row> {
    const key = bigints ? `bigints ${sql}` : sql
    const known = this.#statements.get(key)
    if (known !== undefined) return known as Statement<Row>
    const native = withTypedErrors(() => this.#native.prepare(sql))
    const statement = new Statement<Row>(bigints ? native.safeIntegers(true) : native)
    this.#statements.set(key, statement)
    return statement
  }

  /** Runs SQL without parameters, perhaps several statements. */
  exec(sql: string): void {
    withTypedErrors(() => this.#native.exec(sql))
  }

  /** The value of a pragma, or what it answers to being set. */
  pragma(text: string): unknown {
    return withTypedErrors(() => this.#native.pragma(text, { simple: true }))
  }

  begin(): void {
    this.#begin.run()
  }

  commit(): void {
    this.#commit.run()
  }

  /** Undoes the open transaction, if SQLite has not done so already. */
  rollback(): void {
    if (this.#native.inTransaction) this.#rollback.run()
  }

  /** Runs a function in one transaction: all of its changes are made, or none. It must not wait for anything. */
  transaction<Result>(run: () => Result): Result {
    this.begin()
    try {
      const result = run()
      this.commit()
      return result
    } catch (error) {
      this.rollback()
      throw error
    }
  }

  /**
   * Looks for damage: `quick` reads every page, `full` compares indexes with tables as well. Takes about a second per
   * 400 MB. True when all is well.
   */
  isIntact(kind: 'quick' | 'full'): boolean {
    try {
      return this.pragma(kind === 'quick' ? 'quick_check(1)' : 'integrity_check(1)') === 'ok'
    } catch (error) {
      if (error instanceof DatabaseError && error.code === 'database.corrupt') return false
      throw error
    }
  }

  /** Writes the log back into the database file, as far as readers let it. */
  checkpoint(): void {
    this.pragma('wal_checkpoint(PASSIVE)')
  }

  /** Closes the connection. The last one also writes the log back and removes it. */
  close(): void {
    this.#statements.clear()
    try {
      this.#native.close()
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }
}
