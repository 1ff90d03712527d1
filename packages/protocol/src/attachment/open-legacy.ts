import { createAes256CbcDecryptor, type CipherStream, CryptoError } from '../crypto/index.ts'
import { concatBytes } from '../encoding/index.ts'
import { Blocks, overlap } from './blocks.ts'
import { AttachmentError } from './attachment-error.ts'
import { aesKeyOf, IV_BYTES, LEGACY_STEP_BYTES, type LegacyAttachmentKey, MAC_BYTES } from './legacy-key.ts'
import { type BlobLimit, requireBlobSize, requireSize } from './limits.ts'
import { type AttachmentSource, readSource } from './source.ts'
import { type Transform, transformSource } from './transform.ts'
import { LegacyVerifier } from './verify-legacy.ts'

/** What the pointer says about a file. Spec 10 §4.5, §6.2. */
export interface LegacyAttachmentPointer {
  readonly key: LegacyAttachmentKey
  /** SHA-256 of the blob. Without one nothing opens. */
  readonly digest: Uint8Array | undefined
  /** Of the file itself; what follows in the blob is padding and is not looked at. */
  readonly sizeBytes: number
}

/**
 * Verifies and decrypts a blob in memory. The result is a view of an array that also holds the padding. Spec 10 §6.2,
 * trap 18.
 * @throws {AttachmentError} `attachment.too-large`, `attachment.too-short`, `attachment.bad-length`, `attachment.bad-size`,
 * `attachment.missing-digest`, `attachment.bad-mac`, `attachment.bad-digest`, `attachment.wrong-size`,
 * `attachment.bad-padding`
 */
export function openLegacyAttachment(
  blob: Uint8Array,
  pointer: LegacyAttachmentPointer,
  limit: BlobLimit = {},
): Uint8Array {
  const { key, sizeBytes } = pointer
  const digest = requireWellFormed(blob.length, pointer, limit)
  const verifier = new LegacyVerifier(key, blob.length)
  try {
    verifier.update(blob)
    verifier.finish(digest)
  } finally {
    verifier.close()
  }
  requireRoom(blob.length, sizeBytes)
  return decrypt(blob, key, sizeBytes)
}

/**
 * Verifies and decrypts a blob of any size. The whole of it is read and verified before the first chunk comes, and then
 * read again. An error after the first chunk means that what came is not the whole file. Spec 10 §6.2, trap 18.
 * @throws {AttachmentError} those of `openLegacyAttachment` and `attachment.source-changed`, all while reading
 */
export async function* openLegacyAttachmentSource(
  source: AttachmentSource,
  pointer: LegacyAttachmentPointer,
  limit: BlobLimit = {},
): AsyncGenerator<Uint8Array, void, void> {
  const { sizeBytes: blobSize } = source
  const { key, sizeBytes } = pointer
  const digest = requireWellFormed(blobSize, pointer, limit)
  const verifier = new LegacyVerifier(key, blobSize)
  try {
    for await (const piece of readSource(source, blobSize)) verifier.update(piece)
    verifier.finish(digest)
  } finally {
    verifier.close()
  }
  requireRoom(blobSize, sizeBytes)
  yield* transformSource(source, blobSize, new LegacyOpener(key, blobSize, sizeBytes))
}

/** What can be said without the key. Answers with the digest. */
function requireWellFormed(blobSize: number, pointer: LegacyAttachmentPointer, limit: BlobLimit): Uint8Array {
  requireBlobSize(blobSize, limit)
  requireSize(pointer.sizeBytes)
  if (blobSize < IV_BYTES + MAC_BYTES) throw new AttachmentError('attachment.too-short', { blobSize })
  if (pointer.digest === undefined) throw new AttachmentError('attachment.missing-digest')
  return pointer.digest
}

/** The last block holds at least one byte of PKCS#7. Nothing is allocated for a size that the blob cannot have. */
function requireRoom(blobSize: number, sizeBytes: number): void {
  const cipherSize = blobSize - IV_BYTES - MAC_BYTES
  if (cipherSize === 0 || cipherSize % 16 !== 0) throw new AttachmentError('attachment.bad-length', { blobSize })
  if (sizeBytes >= cipherSize) throw new AttachmentError('attachment.wrong-size', { sizeBytes, blobSize })
}

/** All but the last block in one step: nothing is copied, unless the file ends in the last block. */
function decrypt(blob: Uint8Array, key: LegacyAttachmentKey, sizeBytes: number): Uint8Array {
  const cipher = createAes256CbcDecryptor(aesKeyOf(key), blob.subarray(0, IV_BYTES))
  const plaintext = cipher.update(blob.subarray(IV_BYTES, blob.length - MAC_BYTES))
  const rest = lastBlock(cipher)
  const missing = sizeBytes - plaintext.length - rest.length
  if (missing > 0) throw new AttachmentError('attachment.wrong-size', { missing })
  const whole = sizeBytes > plaintext.length ? concatBytes(plaintext, rest) : plaintext
  return whole.subarray(0, sizeBytes)
}

/** What stands in front of the padding in the last block. */
function lastBlock(cipher: CipherStream): Uint8Array {
  try {
    return cipher.finish()
  } catch (cause) {
    if (cause instanceof CryptoError) throw new AttachmentError('attachment.bad-padding', {}, { cause })
    throw cause
  }
}

class LegacyOpener implements Transform {
  readonly #blocks = new Blocks(LEGACY_STEP_BYTES)
  readonly #key: LegacyAttachmentKey
  readonly #cipherEnd: number
  readonly #iv = new Uint8Array(IV_BYTES)
  #cipher: CipherStream | undefined
  #at = 0
  /** Of the file, without its padding. */
  #left: number

  constructor(key: LegacyAttachmentKey, blobSize: number, sizeBytes: number) {
    this.#key = key
    this.#cipherEnd = blobSize - MAC_BYTES
    this.#left = sizeBytes
  }

  start(): Iterable<Uint8Array> {
    return []
  }

  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    const start = this.#at
    this.#at += piece.length
    if (start < IV_BYTES) this.#iv.set(overlap(piece, start, 0, IV_BYTES), start)
    for (const block of this.#blocks.push(overlap(piece, start, IV_BYTES, this.#cipherEnd))) {
      yield this.#withoutPadding(this.#stream().update(block))
    }
  }

  *finish(): Generator<Uint8Array, void, void> {
    yield this.#withoutPadding(this.#stream().update(this.#blocks.rest()))
    yield this.#withoutPadding(lastBlock(this.#stream()))
    if (this.#left > 0) throw new AttachmentError('attachment.wrong-size', { missing: this.#left })
  }

  close(): void {
    this.#iv.fill(0)
  }

  #stream(): CipherStream {
    this.#cipher ??= createAes256CbcDecryptor(aesKeyOf(this.#key), this.#iv)
    return this.#cipher
  }

  #withoutPadding(plaintext: Uint8Array): Uint8Array {
    const part = plaintext.subarray(0, this.#left)
    this.#left -= part.length
    return part
  }
}
