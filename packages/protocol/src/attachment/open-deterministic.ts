import {
  CryptoError,
  SECRET_STREAM_OVERHEAD,
  type SecretStreamChunk,
  SecretStreamOpener,
  type SymmetricKey,
} from '../crypto/index.ts'
import { Blocks, overlap } from './blocks.ts'
import { PREFIX_BYTES, SEALED_CHUNK_BYTES } from './deterministic-size.ts'
import { AttachmentError } from './attachment-error.ts'
import { type BlobLimit, requireBlobSize } from './limits.ts'
import type { AttachmentSource } from './source.ts'
import { type Allocate, allocateWithin, drain, type Transform, transformBytes, transformSource } from './transform.ts'

/**
 * Decrypts a blob in memory; for attachments and profile pictures alike. The result is a view of an array that also held
 * the padding. Spec 10 §6.3.
 * @throws {AttachmentError} `attachment.too-large`, `attachment.too-short`, `attachment.bad-marker`,
 * `attachment.open-failed`, `attachment.trailing-data`, `attachment.truncated`, `attachment.bad-padding`
 */
export function openDeterministicFile(blob: Uint8Array, key: SymmetricKey, limit: BlobLimit = {}): Uint8Array {
  requireBlob(blob.length, limit)
  const plain = new Uint8Array(blob.length - PREFIX_BYTES)
  const fileSize = drain(transformBytes(blob, new DeterministicOpener(key, blob.length, allocateWithin(plain))))
  const overhead = SECRET_STREAM_OVERHEAD * Math.ceil(plain.length / SEALED_CHUNK_BYTES)
  return plain.subarray(plain.length - overhead - fileSize, plain.length - overhead)
}

/**
 * Decrypts a blob of any size, which is read once. Every chunk was authenticated before it comes; an error after the first
 * one means that what came is not the whole file. Spec 10 §6.3.
 * @throws {AttachmentError} those of `openDeterministicFile` and `attachment.source-changed`, all while reading
 */
export async function* openDeterministicSource(
  source: AttachmentSource,
  key: SymmetricKey,
  limit: BlobLimit = {},
): AsyncGenerator<Uint8Array, void, void> {
  const { sizeBytes } = source
  requireBlob(sizeBytes, limit)
  yield* transformSource(source, sizeBytes, new DeterministicOpener(key, sizeBytes))
}

/** One chunk with one byte of padding at least. */
function requireBlob(blobSize: number, limit: BlobLimit): void {
  requireBlobSize(blobSize, limit)
  if (blobSize < PREFIX_BYTES + SECRET_STREAM_OVERHEAD + 1) {
    throw new AttachmentError('attachment.too-short', { blobSize })
  }
}

class DeterministicOpener implements Transform {
  readonly #blocks = new Blocks(SEALED_CHUNK_BYTES)
  readonly #key: SymmetricKey
  readonly #allocate: Allocate | undefined
  readonly #prefix = new Uint8Array(PREFIX_BYTES)
  #stream: SecretStreamOpener | undefined
  #at = 0
  #left: number
  #inPadding = true

  constructor(key: SymmetricKey, blobSize: number, allocate?: Allocate) {
    this.#key = key
    this.#allocate = allocate
    this.#left = blobSize - PREFIX_BYTES
  }

  start(): Iterable<Uint8Array> {
    return []
  }

  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    const start = this.#at
    this.#at += piece.length
    if (start < PREFIX_BYTES) this.#prefix.set(overlap(piece, start, 0, PREFIX_BYTES), start)
    if (this.#at > 0 && this.#prefix[0] !== MARKER) throw new AttachmentError('attachment.bad-marker')
    for (const block of this.#blocks.push(overlap(piece, start, PREFIX_BYTES, Infinity))) yield this.#open(block)
  }

  *finish(): Generator<Uint8Array, void, void> {
    if (this.#left > 0) yield this.#open(this.#blocks.rest())
    if (this.#inPadding) throw new AttachmentError('attachment.bad-padding')
  }

  close(): void {
    this.#stream?.close()
  }

  #open(block: Uint8Array): Uint8Array {
    const { plaintext, tag } = this.#openChunk(block)
    this.#left -= block.length
    if (tag === 'final' && this.#left > 0) throw new AttachmentError('attachment.trailing-data', { left: this.#left })
    if (tag !== 'final' && this.#left === 0) throw new AttachmentError('attachment.truncated')
    return this.#inPadding ? this.#afterPadding(plaintext) : plaintext
  }

  #openChunk(block: Uint8Array): SecretStreamChunk {
    this.#stream ??= new SecretStreamOpener(this.#key, this.#prefix.subarray(1))
    if (block.length < SECRET_STREAM_OVERHEAD) throw new AttachmentError('attachment.truncated')
    const plaintext = this.#allocate?.(block.length - SECRET_STREAM_OVERHEAD)
    try {
      return this.#stream.open(block, plaintext)
    } catch (cause) {
      if (!(cause instanceof CryptoError)) throw cause
      throw new AttachmentError('attachment.open-failed', { left: this.#left }, { cause })
    }
  }

  /** Padding is zeros and then one `01`; it may go on in the next chunk. */
  #afterPadding(plaintext: Uint8Array): Uint8Array {
    let end = 0
    while (plaintext[end] === 0) end += 1
    if (end === plaintext.length) return plaintext.subarray(end)
    if (plaintext[end] !== 1) throw new AttachmentError('attachment.bad-padding')
    this.#inPadding = false
    return plaintext.subarray(end + 1)
  }
}

const MARKER = 0x53
