import {
  blake2b,
  blake2bWith,
  equalBytes,
  nonce24,
  SymmetricKey,
  tryXchacha20poly1305OpenInPlace,
  xchacha20poly1305SealInPlace,
  wipeBytes,
} from '../crypto/index.ts'
import { encodeUint32LittleEndian, encodeUint64LittleEndian, utf8Encode } from '../encoding/index.ts'
import { AttachmentError } from './attachment-error.ts'
import { largeChunkBytes, type LargeFile, paddedChunkBytes } from './large-file.ts'

/** A chunk as it lies on a server. No spec: docs/protocol/large-files.md. */
export interface SealedChunk {
  /** Padded chunk, encrypted ‖ tag 16. */
  readonly blob: Uint8Array
  /** BLAKE2b-32 of the blob. */
  readonly digest: Uint8Array
}

/** What a manifest says of a chunk. No spec: docs/protocol/large-files.md. */
export type ChunkDigest = Pick<SealedChunk, 'digest'>

const TAG_BYTES = 16
const personalisation = utf8Encode('SottoLargeChunk1')

/**
 * How long a chunk is on its server, to the byte. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} those of `largeChunkBytes`
 */
export function sealedChunkBytes(sizeBytes: number, chunk: number): number {
  return paddedChunkBytes(sizeBytes, chunk) + TAG_BYTES
}

/**
 * Pads and seals a chunk; the same one gives the same bytes. Its key follows from its place in this file of this length, so what
 * stands elsewhere does not open. No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.wrong-size` if the chunk is not as long as it must be, and those of `largeChunkBytes`
 */
export function sealLargeChunk(file: LargeFile, chunk: number, plaintext: Uint8Array): SealedChunk {
  const expected = largeChunkBytes(file.sizeBytes, chunk)
  if (plaintext.length !== expected) {
    throw new AttachmentError('attachment.wrong-size', { expected, length: plaintext.length })
  }
  const blob = new Uint8Array(sealedChunkBytes(file.sizeBytes, chunk))
  blob.set(plaintext)
  withChunkKey(file, chunk, key => {
    xchacha20poly1305SealInPlace(key, nonce24(new Uint8Array(24)), blob)
  })
  return { blob, digest: blake2b(32, blob) }
}

/**
 * Verifies and opens a chunk in its own memory, as there may be little of it: changes the blob, a view of which is the result.
 * No spec: docs/protocol/large-files.md.
 * @throws {AttachmentError} `attachment.bad-length`, `attachment.bad-digest`, `attachment.open-failed`, and those of
 * `largeChunkBytes`
 */
export function openLargeChunkInPlace(
  file: LargeFile,
  chunk: number,
  blob: Uint8Array,
  { digest }: ChunkDigest,
): Uint8Array {
  const expected = sealedChunkBytes(file.sizeBytes, chunk)
  if (blob.length !== expected) throw new AttachmentError('attachment.bad-length', { expected, length: blob.length })
  if (!equalBytes(blake2b(32, blob), digest)) throw new AttachmentError('attachment.bad-digest')
  const padded = withChunkKey(file, chunk, key =>
    tryXchacha20poly1305OpenInPlace(key, nonce24(new Uint8Array(24)), blob),
  )
  if (padded === undefined) throw new AttachmentError('attachment.open-failed', { chunk })
  return padded.subarray(0, largeChunkBytes(file.sizeBytes, chunk))
}

/** BLAKE2b-32 of length 8 ‖ place 4, keyed with the key of the file. It seals one thing ever, so its nonce is zero. */
function withChunkKey<T>({ key, sizeBytes }: LargeFile, chunk: number, run: (key: SymmetricKey) => T): T {
  const place = [encodeUint64LittleEndian(BigInt(sizeBytes)), encodeUint32LittleEndian(chunk)]
  const bytes = blake2bWith(32, { key: key.expose(), personalisation }, ...place)
  const chunkKey = new SymmetricKey(bytes)
  wipeBytes(bytes)
  try {
    return run(chunkKey)
  } finally {
    chunkKey.wipe()
  }
}
