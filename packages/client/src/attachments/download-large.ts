import {
  decodeLargeManifest,
  downloadRequest,
  largeChunkBytes,
  type LargeFile,
  MAX_LARGE_MANIFEST_BYTES,
  openDeterministicFile,
  openLargeChunkInPlace,
  parseFileUrl,
  sealedChunkBytes,
} from '@sotto/protocol/attachment'
import { releaseBytes, SymmetricKey } from '@sotto/protocol/crypto'
import { type EngineContext } from '../engine/context.ts'
import { type Reader } from '../store/store.ts'
import { askFileServer } from './ask-file-server.ts'
import { AttachmentsError } from './attachments-error.ts'
import { type ChunkRow, chunksOf, keepChunkPlaces } from './chunks.ts'
import { makeRoom } from './room.ts'
import { type AttachmentRow, findAttachment } from './rows.ts'
import { type TransferWay } from './transfer-way.ts'

/** How a large file comes: what is kept of it is kept only while somebody wants it. */
export interface LargeWay extends TransferWay {
  readonly isWanted: (reader: Reader) => boolean
}

/**
 * Fetches the manifest of a large file and then one chunk after another, each of which is kept: what is here already is not
 * fetched again. All of them are here afterwards, unless nobody wants them any more. docs/protocol/large-files.md.
 * @throws {AttachmentsError} `attachments.wrong-size`, `attachments.no-address`, `attachments.bad-key`, and those of
 * `askFileServer`
 * @throws {FileServerError} @throws {AttachmentError} @throws {CryptoError} `crypto.bad-length`
 */
export async function downloadLarge(row: AttachmentRow, context: EngineContext, way: LargeWay): Promise<void> {
  const { store } = context
  const known = store.read(reader => chunksOf(reader, row.id))
  if (known.length === 0) await fetchManifest(row, context, way)
  const { fileKey, sizeBytes = 0 } = store.read(reader => findAttachment(reader, row.id)) ?? row
  if (fileKey === undefined) return
  const file = { key: new SymmetricKey(fileKey), sizeBytes }
  try {
    await fetchChunks(file, row.id, context, way)
  } finally {
    file.key.wipe()
  }
}

async function fetchChunks(file: LargeFile, id: number, context: EngineContext, way: LargeWay): Promise<void> {
  const { sizeBytes } = file
  let doneBytes = 0
  for (const chunk of context.store.read(reader => chunksOf(reader, id))) {
    const before = doneBytes
    const end = before + largeChunkBytes(sizeBytes, chunk.position)
    const note = (bytes: number): void => way.onProgress(Math.min(before + bytes, end), sizeBytes)
    if (chunk.file === undefined) await fetchChunk(file, { id, chunk }, context, { ...way, onProgress: note })
    doneBytes = end
    way.onProgress(doneBytes, sizeBytes)
  }
}

async function fetchManifest(row: AttachmentRow, { store }: EngineContext, way: LargeWay): Promise<void> {
  const { id, key, sizeBytes, url } = row
  if (url === undefined) throw new AttachmentsError('attachments.no-address')
  if (key === undefined) throw new AttachmentsError('attachments.bad-key')
  const { id: remote, server } = parseFileUrl(url)
  const { session, signal } = way
  const request = downloadRequest(remote)
  const { body: blob } = await askFileServer({ session, signal, server, request, replyBytes: MAX_LARGE_MANIFEST_BYTES })
  const limit = { maxBlobBytes: MAX_SEALED_MANIFEST_BYTES }
  const manifest = decodeLargeManifest(openDeterministicFile(blob, new SymmetricKey(key), limit))
  if (manifest.sizeBytes !== sizeBytes) throw new AttachmentsError('attachments.wrong-size')
  store.write(tx => {
    if (way.isWanted(tx)) keepChunkPlaces(tx, id, manifest.key.expose(), manifest.chunks, server)
  })
  manifest.key.wipe()
}

async function fetchChunk(
  file: LargeFile,
  { chunk, id }: { readonly chunk: ChunkRow; readonly id: number },
  context: EngineContext,
  { isWanted, onProgress, session, signal }: LargeWay,
): Promise<void> {
  const { files, store } = context
  const { digest, position, url } = chunk
  if (digest === undefined || url === undefined) throw new AttachmentsError('attachments.no-address')
  const { id: remote, server } = parseFileUrl(url)
  const replyBytes = sealedChunkBytes(file.sizeBytes, position)
  const note = (bytes: number): void => onProgress(bytes, replyBytes)
  const request = downloadRequest(remote)
  const { body, memory } = await askFileServer({ session, signal, server, request, replyBytes, onProgress: note })
  const written = await files.write(openLargeChunkInPlace(file, position, body, { digest }))
  if (memory !== undefined) releaseBytes(memory)
  try {
    signal.throwIfAborted()
    store.write(tx => {
      if (!isWanted(tx)) return
      const sql = 'UPDATE attachment_chunks SET file = ? WHERE attachment = ? AND position = ?'
      tx.run(sql, files.claim(tx, written), id, position)
      // Attempts that got somewhere do not count.
      tx.run('UPDATE attachments SET attempts = 0 WHERE id = ?', id)
      makeRoom(tx, id, context)
    })
  } finally {
    await files.discard(written)
  }
}

/** With the padding of what is no longer than a manifest may be. */
const MAX_SEALED_MANIFEST_BYTES = 2 * MAX_LARGE_MANIFEST_BYTES
