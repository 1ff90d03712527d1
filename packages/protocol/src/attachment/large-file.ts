import { type SymmetricKey } from '../crypto/index.ts'
import { AttachmentError } from './attachment-error.ts'
import { legacyPaddedSize } from './legacy-padding.ts'
import { requireSize } from './limits.ts'

/** The largest file that goes in chunks. No spec: docs/protocol/large-files.md. */
export const MAX_LARGE_FILE_BYTES = 200_000_000

/** How much of a file each chunk holds, but for the last. No spec: docs/protocol/large-files.md. */
export const LARGE_CHUNK_BYTES = 4_194_304

/** What every chunk of a file is sealed with. No spec: docs/protocol/large-files.md. */
export interface LargeFile {
  /** 32 random bytes, for this one file and never for other content. */
  readonly key: SymmetricKey
  /** Of the whole file: 1 to `MAX_LARGE_FILE_BYTES`. */
  readonly sizeBytes: number
}

/**
 * How many chunks a file has. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.bad-size`, `attachment.too-large`
 */
export function largeChunkCount(sizeBytes: number): number {
  requireSize(sizeBytes)
  if (sizeBytes === 0) throw new AttachmentError('attachment.bad-size', { sizeBytes })
  if (sizeBytes > MAX_LARGE_FILE_BYTES) throw new AttachmentError('attachment.too-large', { sizeBytes })
  return Math.ceil(sizeBytes / LARGE_CHUNK_BYTES)
}

/**
 * How much of the file a chunk holds; chunks count from 0. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.bad-size`, `attachment.too-large`, `attachment.bad-chunk`
 */
export function largeChunkBytes(sizeBytes: number, chunk: number): number {
  const count = largeChunkCount(sizeBytes)
  if (!Number.isInteger(chunk) || chunk < 0 || chunk >= count)
    throw new AttachmentError('attachment.bad-chunk', { chunk })
  return Math.min(LARGE_CHUNK_BYTES, sizeBytes - chunk * LARGE_CHUNK_BYTES)
}

/**
 * How long a chunk is before it is sealed: the last one is padded like small files, though never beyond the others.
 * No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} those of `largeChunkBytes`
 */
export function paddedChunkBytes(sizeBytes: number, chunk: number): number {
  return Math.min(LARGE_CHUNK_BYTES, legacyPaddedSize(largeChunkBytes(sizeBytes, chunk)))
}
