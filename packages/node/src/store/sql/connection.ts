/** What a column of ours holds. Integers are numbers: all are below 2^53. */
export type SqlValue = number | string | Uint8Array | null

/** A prepared statement. Blobs of rows are fresh plain arrays. */
export interface Statement<Row> {
  /** Answers how many rows changed. */
  run(values?: readonly SqlValue[]): number
  /** Inserts one row; answers its rowid. */
  insert(values?: readonly SqlValue[]): number
  get(values?: readonly SqlValue[]): Row | undefined
  all(values?: readonly SqlValue[]): Row[]
  /** Nothing may be written, and the statement not be used again, before the walk is over or broken off. */
  iterate(values?: readonly SqlValue[]): IterableIterator<Row>
}

/** The part of a synchronous SQLite connection that the store needs: that of the servers has it, and the tests' in wasm. */
export interface Connection {
  exec(sql: string): void
  /** The statement of this SQL, prepared once. */
  prepare<Row = never>(sql: string): Statement<Row>
}
