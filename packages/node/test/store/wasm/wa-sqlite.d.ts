/** What the tests use of the build of SQLite in wasm, which carries no types for its raw module. */
declare module '@journeyapps/wa-sqlite/dist/wa-sqlite.mjs' {
  export interface WasmModule {
    readonly HEAPU8: Uint8Array
    UTF8ToString(pointer: number): string
    vfs_register(vfs: object, makeDefault: boolean): number
    _sqlite3_malloc(size: number): number
    _sqlite3_free(pointer: number): void
    _sqlite3_open_v2(name: number, out: number, flags: number, vfs: number): number
    _sqlite3_close_v2(db: number): number
    _sqlite3_exec(db: number, sql: number, callback: number, argument: number, error: number): number
    _sqlite3_extended_errcode(db: number): number
    _sqlite3_get_autocommit(db: number): number
    _sqlite3_changes(db: number): number
    _sqlite3_prepare_v2(db: number, sql: number, length: number, out: number, tail: number): number
    _sqlite3_finalize(statement: number): number
    _sqlite3_step(statement: number): number
    _sqlite3_reset(statement: number): number
    _sqlite3_bind_null(statement: number, at: number): number
    _sqlite3_bind_int64(statement: number, at: number, low: number, high: number): number
    _sqlite3_bind_text(statement: number, at: number, text: number, length: number, free: number): number
    _sqlite3_bind_blob(statement: number, at: number, bytes: number, length: number, free: number): number
    _sqlite3_column_count(statement: number): number
    _sqlite3_column_name(statement: number, at: number): number
    _sqlite3_column_type(statement: number, at: number): number
    _sqlite3_column_double(statement: number, at: number): number
    _sqlite3_column_text(statement: number, at: number): number
    _sqlite3_column_blob(statement: number, at: number): number
    _sqlite3_column_bytes(statement: number, at: number): number
  }
  export default function load(options: { readonly wasmBinary: Uint8Array }): Promise<WasmModule>
}
