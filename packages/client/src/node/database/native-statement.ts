import { type SqlChange, type SqlRow, type SqlStatement, type SqlValue } from '../../store/sql.ts'
import { type NativeStatementHandle } from './native.ts'
import { withTypedErrors } from './typed-errors.ts'

const noChange: SqlChange = { changes: 0, lastId: 0 }

/** A statement of the native engine. Every method throws `StorageError` only. */
export class NativeStatement implements SqlStatement {
  readonly #native: NativeStatementHandle

  constructor(native: NativeStatementHandle) {
    this.#native = native
  }

  all(...params: SqlValue[]): readonly SqlRow[] {
    if (!this.#native.reader) {
      this.run(...params)
      return []
    }
    const rows = withTypedErrors(() => this.#native.all(...params.map(toNative))) as Record<string, SqlValue>[]
    for (const row of rows) plainBytes(row)
    return rows
  }

  get(...params: SqlValue[]): SqlRow | undefined {
    if (!this.#native.reader) {
      this.run(...params)
      return undefined
    }
    const row = withTypedErrors(() => this.#native.get(...params.map(toNative)))
    return row === undefined ? undefined : plainBytes(row as Record<string, SqlValue>)
  }

  run(...params: SqlValue[]): SqlChange {
    if (this.#native.reader) {
      this.all(...params)
      return noChange
    }
    const { changes, lastInsertRowid } = withTypedErrors(() => this.#native.run(...params.map(toNative)))
    return { changes, lastId: Number(lastInsertRowid) }
  }
}

/** Left alone, the engine would bind whole numbers as fractions. */
function toNative(value: SqlValue): SqlValue | bigint {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value as number) : value
}

/** Replaces Node's kind of bytes in a fresh row by plain arrays over the same memory, which nobody else has. */
function plainBytes(row: Record<string, SqlValue>): SqlRow {
  for (const name in row) {
    const value = row[name]
    if (Buffer.isBuffer(value)) row[name] = new Uint8Array(value.buffer, value.byteOffset, value.length)
  }
  return row
}
