/** What we use of better-sqlite3-multiple-ciphers 13.0, whose own types its package does not export. */
declare module 'better-sqlite3-multiple-ciphers' {
  export interface RunResult {
    readonly changes: number
    readonly lastInsertRowid: number | bigint
  }
  export interface Statement {
    /** Whether it answers with rows. */
    readonly reader: boolean
    run(...params: readonly unknown[]): RunResult
    get(...params: readonly unknown[]): unknown
    all(...params: readonly unknown[]): unknown[]
  }
  class SqliteError extends Error {
    readonly code: string
  }
  class Database {
    static readonly SqliteError: typeof SqliteError
    constructor(path: string, options?: { readonly timeout?: number; readonly readonly?: boolean })
    readonly open: boolean
    readonly inTransaction: boolean
    prepare(sql: string): Statement
    exec(sql: string): this
    /** Gives the key as bytes; 0 when it was taken, which says nothing about whether it fits. */
    key(key: Uint8Array): number
    pragma(text: string, options: { readonly simple: true }): unknown
    pragma(text: string): unknown
    close(): this
  }
  export default Database
}
