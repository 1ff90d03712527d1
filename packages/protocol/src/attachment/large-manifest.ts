import { SymmetricKey } from '../crypto/index.ts'
import {
  asBytes,
  asList,
  asText,
  type Bencode,
  decodeBencode,
  encodeBencode,
  type BencodeDict,
  type BencodeInput,
  asDict,
  expectBytes,
  expectList,
  expectNumber,
} from '../encoding/index.ts'
import { SottoError } from '../error/index.ts'
import { AttachmentError } from './attachment-error.ts'
import { type FileId, parseFileId } from './file-id.ts'
import { type ChunkDigest } from './large-chunk.ts'
import { largeChunkCount, type LargeFile, MAX_LARGE_FILE_BYTES } from './large-file.ts'

/** The version that is written, and the only one that is read. No spec: docs/protocol/large-files.md. */
export const LARGE_MANIFEST_VERSION = 1

/** Far more than one of `MAX_LARGE_FILE_BYTES` needs. No spec: docs/protocol/large-files.md. */
export const MAX_LARGE_MANIFEST_BYTES = 16_384

/** Where a chunk lies: on the server that has the manifest. No spec: docs/protocol/large-files.md. */
export interface ChunkPlace extends ChunkDigest {
  readonly id: FileId
}

/** How a file is put together again. No spec: docs/protocol/large-files.md. */
export interface LargeManifest extends LargeFile {
  /** As many as the length of the file asks for, in their order. */
  readonly chunks: readonly ChunkPlace[]
}

/**
 * Bencoded `{ c, k, n, v }`: chunks as a list of [id, digest], key, length, version. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.bad-manifest` unless there are as many chunks as there must be
 */
export function encodeLargeManifest({ chunks, key, sizeBytes }: LargeManifest): Uint8Array {
  if (chunks.length !== largeChunkCount(sizeBytes)) throw new AttachmentError('attachment.bad-manifest')
  const fields: readonly (readonly [string, BencodeInput])[] = [
    ['c', chunks.map(({ digest, id }) => [id, digest])],
    ['k', key.expose()],
    ['n', sizeBytes],
    ['v', LARGE_MANIFEST_VERSION],
  ]
  return encodeBencode(new Map(fields))
}

/**
 * Reads a manifest. Its length decides how many chunks there are; nothing is made room for by what it says. Keys that are not
 * known are not read. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.bad-manifest`, `attachment.newer-manifest`
 */
export function decodeLargeManifest(input: Uint8Array): LargeManifest {
  if (input.length > MAX_LARGE_MANIFEST_BYTES) throw bad()
  try {
    return readManifest(asDict(decodeBencode(input, { maxBytes: MAX_LARGE_MANIFEST_BYTES, maxDepth: 3 })))
  } catch (cause) {
    if (cause instanceof AttachmentError || !(cause instanceof SottoError)) throw cause
    throw bad(cause)
  }
}

function readManifest(dict: BencodeDict): LargeManifest {
  const version = expectNumber(dict, 'v', { min: 1 })
  if (version !== LARGE_MANIFEST_VERSION) throw new AttachmentError('attachment.newer-manifest', { version })
  const sizeBytes = expectNumber(dict, 'n', { min: 1, max: MAX_LARGE_FILE_BYTES })
  const chunks = expectList(dict, 'c')
  if (chunks.length !== largeChunkCount(sizeBytes)) throw bad()
  return {
    key: new SymmetricKey(expectBytes(dict, 'k', { length: 32 })),
    sizeBytes,
    chunks: chunks.map(readPlace),
  }
}

function readPlace(value: Bencode): ChunkPlace {
  const [id, digest, ...more] = asList(value)
  if (id === undefined || digest === undefined || more.length > 0) throw bad()
  return { id: parseFileId(asText(id)), digest: asBytes(digest, { length: 32 }).slice() }
}

function bad(cause?: unknown): AttachmentError {
  return new AttachmentError('attachment.bad-manifest', {}, { cause })
}
