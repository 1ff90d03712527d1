import { StorageError, storageErrorOf } from '../../accounts/storage-error.ts'
import { type SqliteModule } from './engine.ts'
import { allocate, readText, type Scratch } from './scratch.ts'

/** Result codes that are no errors. */
export const done = { ok: 0, row: 100, done: 101 } as const

/** An open connection in the engine, with what its statements share. */
export class Connection {
  readonly module: SqliteModule
  readonly scratch: Scratch
  readonly #database: number
  /** Room for two pointers that the engine answers with. */
  readonly #answers: number
  readonly #statements = new Set<number>()
  #closed = false

  constructor(module: SqliteModule, scratch: Scratch, database: number) {
    this.module = module
    this.scratch = scratch
    this.#database = database
    this.#answers = allocate(module, 8)
  }

  /** @throws {StorageError} `storage.closed` */
  requireOpen(): void {
    if (this.#closed) throw new StorageError('storage.closed')
  }

  /** Throws what the engine says unless all is well. */
  check(code: number): void {
    if (code !== done.ok && code !== done.row && code !== done.done) throw this.error(code)
  }

  error(code: number): StorageError {
    return storageErrorOf(code, new Error(readText(this.module, this.module._sqlite3_errmsg(this.#database))))
  }

  /** Compiles the first statement of a text in the engine's memory: 0 if there is none; and where the rest begins. */
  compile(sql: number, length: number): readonly [statement: number, rest: number] {
    const { module } = this
    this.check(module._sqlite3_prepare_v3(this.#database, sql, length, 0, this.#answers, this.#answers + 4))
    const statement = module.HEAP32[this.#answers >> 2] ?? 0
    const rest = module.HEAP32[(this.#answers >> 2) + 1] ?? 0
    if (statement !== 0) this.#statements.add(statement)
    return [statement, rest]
  }

  /** Frees a statement, unless closing has done so already. */
  release(statement: number): void {
    if (this.#statements.delete(statement)) this.module._sqlite3_finalize(statement)
  }

  changes(): number {
    return this.module._sqlite3_changes(this.#database)
  }

  lastId(): number {
    const low = this.module._sqlite3_last_insert_rowid(this.#database)
    return this.module._getTempRet0() * 2 ** 32 + (low >>> 0)
  }

  /** Runs a text that lies in the engine's memory already. */
  execute(sql: number): void {
    this.check(this.module._sqlite3_exec(this.#database, sql, 0, 0, 0))
  }

  /** Frees all statements, then closes. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const statement of this.#statements) this.module._sqlite3_finalize(statement)
    this.#statements.clear()
    this.check(this.module._sqlite3_close_v2(this.#database))
    this.module._free(this.#answers)
  }
}
