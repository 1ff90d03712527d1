/** What a blob is called: 32 lower-case hex digits, drawn at random. */
export type BlobName = string

/**
 * A place for sealed files of one account beside its database: what lies there is only bytes that nobody can read without that.
 * Every method rejects with `StorageError` `storage.full` or `storage.failed` where the storage itself fails.
 */
export interface BlobFolder {
  /** Every name, also of what a crash left half written. */
  list(): Promise<readonly BlobName[]>
  /**
   * All of it is on disk afterwards. There is nothing of that name yet; if it fails there may be a part. A piece is done with when
   * the next is asked for: its memory may serve again.
   */
  write(name: BlobName, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>
  /** So many bytes from a position, or fewer where it ends before; `undefined` if there is no such blob. */
  read(name: BlobName, at: number, length: number): Promise<Uint8Array | undefined>
  /** Does nothing if there is none. */
  remove(name: BlobName): Promise<void>
}
