import {
  type ChunkPlace,
  encodeLargeManifest,
  type FileServer,
  formatFileUrl,
  largeChunkBytes,
  type LargeFile,
  sealDeterministicFile,
  sealLargeChunk,
} from '@sotto/protocol/attachment'
import { releaseBytes, SymmetricKey } from '@sotto/protocol/crypto'
import { type EngineContext } from '../engine/context.ts'
import { FileError } from '../files/file-error.ts'
import { bringToServer } from './bring-to-server.ts'
import { chunkPlace, type ChunkRow, chunksOf, isWhole } from './chunks.ts'
import { type AttachmentRow } from './rows.ts'
import { type TransferWay } from './transfer-way.ts'
import { type Uploaded } from './upload.ts'

/** Servers keep files for two weeks at least; what was brought there longer ago is brought once more, so that all of it stays as long. */
const FRESH_MS = 86_400_000

/**
 * Brings a large file to the server of the account: one chunk after another, each of which is remembered, and then the manifest.
 * All bytes are the same each time: keys follow from a key that was drawn once and from the file, which never changes.
 * docs/protocol/large-files.md.
 * @throws {FileError} `file.missing`, `file.damaged`, and those of `bringToServer`
 */
export async function uploadLarge(row: AttachmentRow, context: EngineContext, via: TransferWay): Promise<Uploaded> {
  const { fileKey, id: attachment, sizeBytes = 0 } = row
  if (fileKey === undefined || !isWhole(row)) throw new FileError('file.missing')
  const server = context.fileServer()
  const file = { key: new SymmetricKey(fileKey), sizeBytes }
  try {
    const chunks = await uploadChunks(file, { attachment, server }, context, via)
    const manifest = encodeLargeManifest({ ...file, chunks })
    const { blob, key } = sealDeterministicFile(manifest, context.keys.ed25519.seed, 'attachment')
    const { session, signal } = via
    const id = await bringToServer(blob, { session, signal, server })
    return { url: formatFileUrl({ server, id, deterministic: true }), key: key.expose(), digest: undefined }
  } finally {
    file.key.wipe()
  }
}

/** Which file goes where. */
interface OwnFile {
  readonly attachment: number
  readonly server: FileServer
}

async function uploadChunks(
  file: LargeFile,
  own: OwnFile,
  context: EngineContext,
  { onProgress, ...way }: TransferWay,
): Promise<readonly ChunkPlace[]> {
  const { store, time } = context
  const { sizeBytes } = file
  const chunks: ChunkPlace[] = []
  let doneBytes = 0
  for (const chunk of store.read(reader => chunksOf(reader, own.attachment))) {
    const before = doneBytes
    const end = before + largeChunkBytes(sizeBytes, chunk.position)
    const note = (bytes: number): void => onProgress(Math.min(before + bytes, end), sizeBytes)
    const isFresh = time.now() - (chunk.uploadedAt ?? 0) < FRESH_MS
    const known = isFresh ? chunkPlace(chunk, own.server) : undefined
    chunks.push(known ?? (await uploadChunk(file, { ...own, chunk }, context, { ...way, onProgress: note })))
    doneBytes = end
    onProgress(doneBytes, sizeBytes)
  }
  return chunks
}

/** One of its chunks. */
interface OwnChunk extends OwnFile {
  readonly chunk: ChunkRow
}

async function uploadChunk(
  file: LargeFile,
  { attachment, chunk, server }: OwnChunk,
  { files, store, time }: EngineContext,
  way: TransferWay,
): Promise<ChunkPlace> {
  if (chunk.file === undefined) throw new FileError('file.missing')
  const plaintext = await files.read(chunk.file)
  const { blob, digest } = sealLargeChunk(file, chunk.position, plaintext)
  releaseBytes(plaintext)
  const id = await bringToServer(blob, { ...way, server, onProgress: bytes => way.onProgress(bytes, blob.length) })
  releaseBytes(blob)
  way.signal.throwIfAborted()
  const url = formatFileUrl({ server, id, deterministic: false })
  store.write(tx => {
    const sql =
      'UPDATE attachment_chunks SET url = ?, digest = ?, uploaded_at = ? WHERE attachment = ? AND position = ?'
    tx.run(sql, url, digest, time.now(), attachment, chunk.position)
    // Attempts that got somewhere do not count.
    tx.run('UPDATE attachments SET attempts = 0 WHERE id = ?', attachment)
  })
  return { id, digest }
}
