import { type WasmModule } from '@journeyapps/wa-sqlite/dist/wa-sqlite.mjs'
import { DatabaseError, type DatabaseErrorCode } from '@sotto/server'
import { type Connection, type SqlValue, type Statement } from '../../../src/store/sql/connection.ts'

const ROW = 100
const DONE = 101
const types = { integer: 1, text: 3, blob: 4 }
const OPEN_READWRITE_CREATE = 6
/** SQLite copies what is bound. */
const TRANSIENT = -1

const codes: ReadonlyMap<number, DatabaseErrorCode> = new Map([
  [8, 'database.read-only'],
  [10, 'database.io'],
  [11, 'database.corrupt'],
  [13, 'database.full'],
  [14, 'database.cannot-open'],
  [26, 'database.corrupt'],
])
const fsyncErrors: ReadonlySet<number> = new Set([1034, 1290])

/** A connection over SQLite in wasm, driven without promises. */
export class WasmConnection implements Connection {
  readonly #module: WasmModule
  readonly #db: number
  readonly #statements = new Map<string, WasmStatement>()

  constructor(module: WasmModule, path: string, vfs: string) {
    this.#module = module
    const out = module._sqlite3_malloc(4)
    const result = withText(module, path, name =>
      withText(module, vfs, vfsName => module._sqlite3_open_v2(name, out, OPEN_READWRITE_CREATE, vfsName)),
    )
    this.#db = int32At(module, out)
    module._sqlite3_free(out)
    this.check(result)
  }

  get inTransaction(): boolean {
    return this.#module._sqlite3_get_autocommit(this.#db) === 0
  }

  exec(sql: string): void {
    this.check(withText(this.#module, sql, text => this.#module._sqlite3_exec(this.#db, text, 0, 0, 0)))
  }

  prepare<Row = never>(sql: string): Statement<Row> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known as Statement<unknown> as Statement<Row>
    const out = this.#module._sqlite3_malloc(4)
    this.check(withText(this.#module, sql, text => this.#module._sqlite3_prepare_v2(this.#db, text, -1, out, 0)))
    const statement = new WasmStatement(this.#module, this, int32At(this.#module, out))
    this.#module._sqlite3_free(out)
    this.#statements.set(sql, statement)
    return statement as Statement<unknown> as Statement<Row>
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
    this.#module._sqlite3_close_v2(this.#db)
  }

  /** @throws {DatabaseError} for a result that is an error */
  check(result: number): void {
    if (result === 0 || result === ROW || result === DONE) return
    const extended = this.#module._sqlite3_extended_errcode(this.#db)
    throw new DatabaseError(codes.get(result & 0xff) ?? 'database.failed', {
      extended,
      sync: fsyncErrors.has(extended),
    })
  }

  get changes(): number {
    return this.#module._sqlite3_changes(this.#db)
  }
}

type Row = Record<string, SqlValue>

class WasmStatement implements Statement<Row> {
  readonly #module: WasmModule
  readonly #connection: WasmConnection
  readonly #statement: number
  readonly #columns: readonly string[]

  constructor(module: WasmModule, connection: WasmConnection, statement: number) {
    this.#module = module
    this.#connection = connection
    this.#statement = statement
    const count = module._sqlite3_column_count(statement)
    this.#columns = Array.from({ length: count }, (_, at) =>
      module.UTF8ToString(module._sqlite3_column_name(statement, at)),
    )
  }

  run(values: readonly SqlValue[] = []): number {
    this.all(values)
    return this.#connection.changes
  }

  insert(values: readonly SqlValue[] = []): number {
    this.all(values)
    return Number(this.#connection.prepare<Row>('SELECT last_insert_rowid() AS id').get()?.['id'])
  }

  get(values: readonly SqlValue[] = []): Row | undefined {
    return this.all(values)[0]
  }

  all(values: readonly SqlValue[] = []): Row[] {
    return [...this.iterate(values)]
  }

  *iterate(values: readonly SqlValue[] = []): IterableIterator<Row> {
    values.forEach((value, at) => this.#bind(at + 1, value))
    try {
      for (let result = this.#step(); result === ROW; result = this.#step()) yield this.#row()
    } finally {
      this.#module._sqlite3_reset(this.#statement)
    }
  }

  finalize(): void {
    this.#module._sqlite3_finalize(this.#statement)
  }

  #step(): number {
    const result = this.#module._sqlite3_step(this.#statement)
    this.#connection.check(result)
    return result
  }

  #bind(at: number, value: SqlValue): void {
    const module = this.#module
    const statement = this.#statement
    if (value === null) this.#connection.check(module._sqlite3_bind_null(statement, at))
    else if (typeof value === 'number') {
      const bits = BigInt.asUintN(64, BigInt(value))
      const [low, high] = [Number(bits & 0xffffffffn) | 0, Number(bits >> 32n) | 0]
      this.#connection.check(module._sqlite3_bind_int64(statement, at, low, high))
    } else {
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
      const bind = (data: number): number =>
        typeof value === 'string'
          ? module._sqlite3_bind_text(statement, at, data, bytes.length, TRANSIENT)
          : module._sqlite3_bind_blob(statement, at, data, bytes.length, TRANSIENT)
      this.#connection.check(withBytes(module, bytes, bind))
    }
  }

  #row(): Row {
    return Object.fromEntries(this.#columns.map((name, at) => [name, this.#value(at)]))
  }

  #value(at: number): SqlValue {
    const module = this.#module
    const type = module._sqlite3_column_type(this.#statement, at)
    if (type === types.integer) return module._sqlite3_column_double(this.#statement, at)
    if (type === types.text) return module.UTF8ToString(module._sqlite3_column_text(this.#statement, at))
    if (type !== types.blob) return null
    const start = module._sqlite3_column_blob(this.#statement, at)
    return module.HEAPU8.slice(start, start + module._sqlite3_column_bytes(this.#statement, at))
  }
}

function withText<T>(module: WasmModule, text: string, run: (pointer: number) => T): T {
  return withBytes(module, new TextEncoder().encode(`${text}\0`), run)
}

/** No bytes still get a place: a null pointer would bind NULL. */
function withBytes<T>(module: WasmModule, bytes: Uint8Array, run: (pointer: number) => T): T {
  const pointer = module._sqlite3_malloc(Math.max(1, bytes.length))
  module.HEAPU8.set(bytes, pointer)
  try {
    return run(pointer)
  } finally {
    module._sqlite3_free(pointer)
  }
}

function int32At(module: WasmModule, pointer: number): number {
  const heap = module.HEAPU8
  return new DataView(heap.buffer, heap.byteOffset).getInt32(pointer, true)
}
