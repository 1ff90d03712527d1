import { databaseErrorOf } from './database-error.ts'
import type { NativeStatement } from './native.ts'

/** What SQLite stores. Bytes are plain arrays. Integers come as numbers; as bigints if asked for. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** Values for `?`, or one object with values for `:name`. */
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/**
 * A prepared statement. `Row` is what the caller knows its rows to be: its own SQL says so. Every method throws
 * `DatabaseError` only.
 */
export class Statement<Row> {
  readonly #native: NativeStatement

  constructor(native: NativeStatement) {
    this.#native = native
  }

  /** Runs a statement without rows; answers how many rows changed. */
  run(params: SqlParams = []): number {
    try {
      return (Array.isArray(params) ? this.#native.run(...params) : this.#native.run(params)).changes
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }

  /** Inserts one row; answers its rowid. `RETURNING` would say the same for half the price of the row again. */
  insert(params: SqlParams = []): number {
    try {
      return Number((Array.isArray(params) ? this.#native.run(...params) : this.#native.run(params)).lastInsertRowid)
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }

  /** The first row. */
  get(params: SqlParams = []): Row | undefined {
    try {
      const row = Array.isArray(params) ? this.#native.get(...params) : this.#native.get(params)
      return row === undefined ? undefined : (plainBytes(row) as Row)
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }

  /** All rows. The query must have a `LIMIT` that fits the memory. */
  all(params: SqlParams = []): Row[] {
    try {
      const rows = Array.isArray(params) ? this.#native.all(...params) : this.#native.all(params)
      for (const row of rows) plainBytes(row)
      return rows as Row[]
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }

  /** Rows one at a time. The database can do nothing else until the loop is over. */
  *iterate(params: SqlParams = []): IterableIterator<Row> {
    try {
      const rows = Array.isArray(params) ? this.#native.iterate(...params) : this.#native.iterate(params)
      for (const row of rows) yield plainBytes(row) as Row
    } catch (cause) {
      throw databaseErrorOf(cause)
    }
  }
}

/** Replaces Node's kind of bytes in a fresh row by plain arrays over the same memory, which nobody else has. */
function plainBytes(row: unknown): unknown {
  const values = row as Record<string, unknown>
  for (const name in values) {
    const value = values[name]
    if (Buffer.isBuffer(value)) values[name] = new Uint8Array(value.buffer, value.byteOffset, value.length)
  }
  return row
}
