/** What we use of better-sqlite3 13.2, which carries no types. */
declare module 'better-sqlite3' {
  export interface RunResult {
    readonly changes: number
    readonly lastInsertRowid: number | bigint
  }
  export interface Statement {
    run(...params: readonly unknown[]): RunResult
    get(...params: readonly unknown[]): unknown
    all(...params: readonly unknown[]): unknown[]
    iterate(...params: readonly unknown[]): IterableIterator<unknown>
    safeIntegers(on: boolean): this
  }
  class Database {
    constructor(
      path: string,
      options?: { readonly readonly?: boolean; readonly fileMustExist?: boolean; readonly timeout?: number },
    )
    readonly open: boolean
    readonly inTransaction: boolean
    prepare(sql: string): Statement
    exec(sql: string): this
    pragma(text: string, options: { readonly simple: true }): unknown
    pragma(text: string): unknown
    close(): this
  }
  export default Database
}
