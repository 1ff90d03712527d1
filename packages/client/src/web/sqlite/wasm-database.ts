import { StorageError } from '../../accounts/storage-error.ts'
import { type SqlDatabase, type SqlStatement } from '../../store/sql.ts'
import { type Connection, done } from './connection.ts'
import { withTypedErrors } from './typed-errors.ts'
import { WasmStatement } from './wasm-statement.ts'

/** A connection of the wasm engine. Every method throws `StorageError` only. */
export class WasmSqlDatabase implements SqlDatabase {
  readonly #connection: Connection
  readonly #onClose: () => void
  readonly #forgotten: FinalizationRegistry<number>
  #closed = false

  /** `onClose` is called once, when nothing of the database is in use any more. */
  constructor(connection: Connection, onClose: () => void) {
    this.#connection = connection
    this.#onClose = onClose
    this.#forgotten = new FinalizationRegistry(statement => connection.release(statement))
  }

  prepare(sql: string): SqlStatement {
    this.#connection.requireOpen()
    return withTypedErrors(() => this.#compile(sql))
  }

  exec(sql: string): void {
    this.#connection.requireOpen()
    withTypedErrors(() => this.#exec(sql))
  }

  /** Writes the log back, and closes the files. May be called twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    try {
      withTypedErrors(() => this.#connection.close())
    } finally {
      this.#onClose()
    }
  }

  #compile(sql: string): SqlStatement {
    const [pointer, length] = this.#connection.scratch.text(sql)
    const [statement, rest] = this.#connection.compile(pointer, length)
    const [second] = statement === 0 ? [0] : this.#connection.compile(rest, pointer + length - rest)
    this.#connection.release(second)
    if (statement === 0 || second !== 0) {
      this.#connection.release(statement)
      throw new StorageError('storage.failed', { none: statement === 0 })
    }
    const prepared = new WasmStatement(this.#connection, statement)
    this.#forgotten.register(prepared, statement)
    return prepared
  }

  #exec(sql: string): void {
    // What a statement does may need the scratch memory for itself, so the text has its own.
    const [start, length] = this.#connection.scratch.text(sql)
    const { module } = this.#connection
    const own = module._malloc(length + 1)
    if (own === 0) throw new StorageError('storage.failed', { memory: true })
    try {
      module.HEAPU8.copyWithin(own, start, start + length + 1)
      this.#execAt(own, own + length)
    } finally {
      module._free(own)
    }
  }

  #execAt(start: number, end: number): void {
    for (let at = start; at < end;) {
      const [statement, rest] = this.#connection.compile(at, end - at)
      // Only comments and space were left.
      if (statement === 0) return
      try {
        this.#runToEnd(statement)
      } finally {
        this.#connection.release(statement)
      }
      at = rest
    }
  }

  #runToEnd(statement: number): void {
    const { module } = this.#connection
    for (;;) {
      const code = module._sqlite3_step(statement)
      if (code === done.row) continue
      this.#connection.check(code)
      return
    }
  }
}
