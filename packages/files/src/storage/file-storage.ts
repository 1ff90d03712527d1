import { type FileId } from '@sotto/protocol/attachment'

/** A complete file that waits on the disk for its name. */
export interface ArrivedFile {
  readonly path: string
  readonly sizeBytes: number
}

/**
 * Where the bytes of files lie. Who calls sees to it that nothing is put and removed under one name at once.
 * @throws {FileError} `files.storage-failed`, `files.no-room`, `files.sync-failed`
 */
export interface FileStorage {
  /** Takes a file; one that was there under this name is replaced as a whole. When it ends, the file would survive a power cut. */
  put(id: FileId, file: ArrivedFile): Promise<void>
  /** How many bytes it has; `undefined` if it is not there. */
  sizeOf(id: FileId): Promise<number | undefined>
  /** All of it, in memory that is the caller's own. */
  read(id: FileId): Promise<Uint8Array | undefined>
  /** Piece by piece, none larger than 64 KiB or as the storage sends them. Nothing is held before the first one is asked for. */
  chunks(id: FileId): AsyncIterable<Uint8Array>
  /** Also if it is not there. */
  remove(id: FileId): Promise<void>
  /** Every file that there is, in no order. */
  list(): AsyncIterable<FileId>
}
