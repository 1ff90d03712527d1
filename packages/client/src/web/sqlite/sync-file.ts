/** A file that answers at once. The handles of the origin's private file system fit, and tests have others. */
export interface SyncFile {
  /** How many bytes were there to read. */
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(sizeBytes: number): void
  /** What was written is on disk afterwards. */
  flush(): void
  getSize(): number
  close(): void
}

/** The three files that SQLite needs for one database. One that is empty counts as not there. */
export interface DatabaseFiles {
  readonly main: SyncFile
  readonly log: SyncFile
  readonly journal: SyncFile
}
