/** What a column holds. Whole numbers past 2^53 are stored as text. */
export type SqlValue = string | number | Uint8Array | null

/** Columns by name, as the statement names them. Bytes are fresh arrays, never views into the database's memory. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/** What a writing statement did. `lastId` is the row id of the last insertion and says nothing without one. */
export interface SqlChange {
  readonly changes: number
  readonly lastId: number
}

/** A statement that is compiled once and run with positional parameters (`?`), one for each mark. */
export interface SqlStatement {
  /** Every row, at once. */
  all(...params: SqlValue[]): readonly SqlRow[]
  /** The first row; the rest is not computed. */
  get(...params: SqlValue[]): SqlRow | undefined
  run(...params: SqlValue[]): SqlChange
}

/**
 * One open SQLite database (with FTS5), used by one process only. Synchronous: a call has happened when it returns. Errors of
 * SQLite are thrown as the adapter's own; nothing here catches them.
 */
export interface SqlDatabase {
  prepare(sql: string): SqlStatement
  /** Runs statements without parameters or results, separated by `;`. */
  exec(sql: string): void
  /** Ends the connection. Statements prepared before are unusable afterwards. */
  close(): void
}
