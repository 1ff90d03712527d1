/** What we use of @journeyapps/wa-sqlite 2.0, which has no types for these files. */
declare module '@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs' {
  /** SQLite with SQLite3MultipleCiphers, in wasm memory. Pointers are numbers; 64-bit arguments are two of 32 bits. */
  export interface SqliteModule {
    /** A new view each time the memory has grown. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>
    readonly HEAP32: Int32Array
    vfs_register(vfs: object, makeDefault: boolean): number
    _malloc(size: number): number
    _free(pointer: number): void
    /** The upper half of a 64-bit result. */
    _getTempRet0(): number
    _sqlite3mc_vfs_create(name: number, makeDefault: number): number
    _sqlite3_open_v2(name: number, database: number, flags: number, vfs: number): number
    _sqlite3_close_v2(database: number): number
    _sqlite3_extended_result_codes(database: number, on: number): number
    _sqlite3_exec(database: number, sql: number, callback: number, context: number, message: number): number
    _sqlite3_errmsg(database: number): number
    _sqlite3_changes(database: number): number
    _sqlite3_last_insert_rowid(database: number): number
    _sqlite3_prepare_v3(
      database: number,
      sql: number,
      size: number,
      flags: number,
      statement: number,
      tail: number,
    ): number
    _sqlite3_step(statement: number): number
    _sqlite3_reset(statement: number): number
    _sqlite3_finalize(statement: number): number
    _sqlite3_clear_bindings(statement: number): number
    _sqlite3_stmt_status(statement: number, counter: number, reset: number): number
    _sqlite3_bind_parameter_count(statement: number): number
    _sqlite3_bind_null(statement: number, at: number): number
    _sqlite3_bind_double(statement: number, at: number, value: number): number
    _sqlite3_bind_int64(statement: number, at: number, low: number, high: number): number
    _sqlite3_bind_zeroblob(statement: number, at: number, size: number): number
    _sqlite3_bind_blob(statement: number, at: number, value: number, size: number, destructor: number): number
    _sqlite3_bind_text(statement: number, at: number, value: number, size: number, destructor: number): number
    _sqlite3_column_count(statement: number): number
    _sqlite3_column_name(statement: number, at: number): number
    _sqlite3_column_type(statement: number, at: number): number
    _sqlite3_column_double(statement: number, at: number): number
    _sqlite3_column_blob(statement: number, at: number): number
    _sqlite3_column_text(statement: number, at: number): number
    _sqlite3_column_bytes(statement: number, at: number): number
  }
  export default function load(options: {
    readonly wasmBinary?: Uint8Array
    print(text: string): void
    printErr(text: string): void
  }): Promise<SqliteModule>
}

declare module '@journeyapps/wa-sqlite/src/FacadeVFS.js' {
  import { type SqliteModule } from '@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs'

  /** Bytes in wasm memory; `subarray` gives them as an ordinary array. */
  export interface WasmBytes {
    subarray(): Uint8Array<ArrayBuffer>
  }
  /** A number in wasm memory. */
  export interface WasmNumber {
    setInt32(at: number, value: number, littleEndian: boolean): void
    setBigInt64(at: number, value: bigint, littleEndian: boolean): void
  }
  /** Turns SQLite's calls for files into calls with JavaScript's types. Each method answers with a result code. */
  export class FacadeVFS {
    constructor(name: string, module: SqliteModule)
    readonly name: string
    mxPathname: number
  }
}
