import { StorageError } from '../../accounts/storage-error.ts'
import { type SqlChange, type SqlRow, type SqlStatement, type SqlValue } from '../../store/sql.ts'
import { type Connection, done } from './connection.ts'
import { readText, readTextOf } from './scratch.ts'
import { withTypedErrors } from './typed-errors.ts'

/** SQLITE_TRANSIENT: the engine copies what it is given. */
const copied = -1
const columnType = { integer: 1, float: 2, text: 3, blob: 4 } as const
/** SQLITE_STMTSTATUS_REPREPARE: how often the engine compiled the statement anew because the schema had changed. */
const recompiled = 5

/** A statement of the wasm engine, driven without any wait. Every method throws `StorageError` only. */
export class WasmStatement implements SqlStatement {
  readonly #connection: Connection
  readonly #statement: number
  readonly #parameters: number
  #columns: readonly string[] = []
  #columnsFor = -1

  constructor(connection: Connection, statement: number) {
    this.#connection = connection
    this.#statement = statement
    this.#parameters = connection.module._sqlite3_bind_parameter_count(statement)
  }

  all(...params: SqlValue[]): readonly SqlRow[] {
    return this.#run(params, () => {
      const rows: SqlRow[] = []
      while (this.#step()) rows.push(this.#row())
      return rows
    })
  }

  get(...params: SqlValue[]): SqlRow | undefined {
    return this.#run(params, () => (this.#step() ? this.#row() : undefined))
  }

  run(...params: SqlValue[]): SqlChange {
    return this.#run(params, () => {
      let rows = false
      while (this.#step()) rows = true
      if (rows) return { changes: 0, lastId: 0 }
      return { changes: this.#connection.changes(), lastId: this.#connection.lastId() }
    })
  }

  /** Whatever happens, the statement is ready for its next run, and holds no value of this one. */
  #run<Result>(params: readonly SqlValue[], read: () => Result): Result {
    this.#connection.requireOpen()
    const { module } = this.#connection
    if (params.length !== this.#parameters) throw new StorageError('storage.failed', { parameters: params.length })
    try {
      return withTypedErrors(() => {
        params.forEach((value, index) => this.#bind(index + 1, value))
        return read()
      })
    } finally {
      module._sqlite3_reset(this.#statement)
      module._sqlite3_clear_bindings(this.#statement)
    }
  }

  #step(): boolean {
    const code = this.#connection.module._sqlite3_step(this.#statement)
    if (code === done.row) return true
    this.#connection.check(code)
    return false
  }

  #bind(at: number, value: SqlValue): void {
    const { module, scratch } = this.#connection
    const statement = this.#statement
    if (value === null) return this.#check(module._sqlite3_bind_null(statement, at))
    if (typeof value === 'number') return this.#bindNumber(at, value)
    if (typeof value === 'string') {
      const [pointer, length] = scratch.text(value)
      return this.#check(module._sqlite3_bind_text(statement, at, pointer, length, copied))
    }
    if (!(value instanceof Uint8Array)) throw new StorageError('storage.failed')
    // Without a length there is nothing to point at, and no pointer means NULL.
    if (value.length === 0) return this.#check(module._sqlite3_bind_zeroblob(statement, at, 0))
    return this.#check(module._sqlite3_bind_blob(statement, at, scratch.bytes(value), value.length, copied))
  }

  #bindNumber(at: number, value: number): void {
    const { module } = this.#connection
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      return this.#check(module._sqlite3_bind_double(this.#statement, at, value))
    }
    return this.#check(module._sqlite3_bind_int64(this.#statement, at, value | 0, Math.floor(value / 2 ** 32)))
  }

  #check(code: number): void {
    this.#connection.check(code)
  }

  #row(): SqlRow {
    const row: Record<string, SqlValue> = {}
    this.#names().forEach((name, at) => (row[name] = this.#column(at)))
    return row
  }

  #column(at: number): SqlValue {
    const { module } = this.#connection
    const statement = this.#statement
    switch (module._sqlite3_column_type(statement, at)) {
      case columnType.integer:
      case columnType.float:
        return module._sqlite3_column_double(statement, at)
      case columnType.text: {
        const pointer = module._sqlite3_column_text(statement, at)
        return readTextOf(module, pointer, module._sqlite3_column_bytes(statement, at))
      }
      case columnType.blob: {
        const pointer = module._sqlite3_column_blob(statement, at)
        return module.HEAPU8.slice(pointer, pointer + module._sqlite3_column_bytes(statement, at))
      }
      default:
        return null
    }
  }

  /** Read again only when the engine has compiled the statement anew. */
  #names(): readonly string[] {
    const { module } = this.#connection
    const version = module._sqlite3_stmt_status(this.#statement, recompiled, 0)
    if (version === this.#columnsFor) return this.#columns
    const count = module._sqlite3_column_count(this.#statement)
    this.#columns = Array.from({ length: count }, (_, at) =>
      readText(module, module._sqlite3_column_name(this.#statement, at)),
    )
    this.#columnsFor = version
    return this.#columns
  }
}
