import {
  type ChunkPlace,
  type FileServer,
  formatFileUrl,
  LARGE_CHUNK_BYTES,
  largeChunkCount,
  parseFileUrl,
} from '@sotto/protocol/attachment'
import { concatBytes } from '@sotto/protocol/encoding'
import { FileError } from '../files/file-error.ts'
import { type FileRange, type FileStore } from '../files/file-store.ts'
import { numberOf, optionalBytes, optionalNumber, optionalText } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { type AttachmentRow } from './rows.ts'

/** A chunk of a large file as it is kept. */
export interface ChunkRow {
  readonly position: number
  /** Its row in `files`, while it is here. */
  readonly file: number | undefined
  /** Where it lies on a server, as far as that is known. */
  readonly url: string | undefined
  readonly digest: Uint8Array | undefined
  /** Unix ms; of own ones. */
  readonly uploadedAt: number | undefined
}

/** The most that is read of a large file at a time. */
const MAX_RANGE_BYTES = 16_777_216

/** Of a large file, in their order: those that are known. */
export function chunksOf(reader: Reader, attachment: number): readonly ChunkRow[] {
  const sql = 'SELECT * FROM attachment_chunks WHERE attachment = ? ORDER BY position'
  return reader.all(sql, attachment).map(row => ({
    position: numberOf(row, 'position'),
    file: optionalNumber(row, 'file'),
    url: optionalText(row, 'url'),
    digest: optionalBytes(row, 'digest'),
    uploadedAt: optionalNumber(row, 'uploaded_at'),
  }))
}

/** Whether all of a large file is here. */
export function isWhole({ chunksHere, sizeBytes = 0 }: AttachmentRow): boolean {
  return chunksHere > 0 && chunksHere === largeChunkCount(sizeBytes)
}

/** Remembers where the chunks of a file lie that is to be fetched, and what seals them. */
export function keepChunkPlaces(
  tx: Tx,
  attachment: number,
  fileKey: Uint8Array,
  places: readonly ChunkPlace[],
  server: FileServer,
): void {
  tx.run('UPDATE attachments SET file_key = ? WHERE id = ?', fileKey, attachment)
  for (const [position, { digest, id }] of places.entries()) {
    const sql = 'INSERT INTO attachment_chunks (attachment, position, url, digest) VALUES (?, ?, ?, ?)'
    tx.run(sql, attachment, position, formatFileUrl({ server, id, deterministic: false }), digest)
  }
}

/** Where a chunk lies, if that is on this server. */
export function chunkPlace(
  { digest, url }: Pick<ChunkRow, 'digest' | 'url'>,
  server: FileServer,
): ChunkPlace | undefined {
  if (digest === undefined || url === undefined) return undefined
  const { id } = parseFileUrl(url)
  return formatFileUrl({ server, id, deterministic: false }) === url ? { id, digest } : undefined
}

/**
 * A part of a large file all of which is here.
 * @throws {AttachmentsError} `attachments.range-too-long` beyond 16 MiB
 * @throws {FileError}
 */
export async function readChunks(
  { sizeBytes = 0 }: Pick<AttachmentRow, 'sizeBytes'>,
  chunks: readonly ChunkRow[],
  range: FileRange,
  files: FileStore,
): Promise<Uint8Array> {
  const from = Math.min(range.at, sizeBytes)
  const end = Math.min(sizeBytes, from + range.length)
  if (end - from > MAX_RANGE_BYTES) throw new AttachmentsError('attachments.range-too-long', { length: end - from })
  const parts: Uint8Array[] = []
  for (let at = from; at < end;) {
    const file = chunks[Math.floor(at / LARGE_CHUNK_BYTES)]?.file
    if (file === undefined) throw new FileError('file.missing')
    const inChunk = at % LARGE_CHUNK_BYTES
    const part = await files.read(file, { at: inChunk, length: Math.min(end - at, LARGE_CHUNK_BYTES - inChunk) })
    if (part.length === 0) throw new FileError('file.damaged')
    parts.push(part)
    at += part.length
  }
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : concatBytes(...parts)
}
