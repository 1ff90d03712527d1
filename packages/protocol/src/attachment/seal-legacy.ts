import { createAes256CbcEncryptor, createHmacSha256, createSha256 } from '../crypto/index.ts'
import { Blocks, zeros } from './blocks.ts'
import { AttachmentError } from './attachment-error.ts'
import {
  aesKeyOf,
  IV_BYTES,
  LEGACY_STEP_BYTES,
  type LegacyAttachmentKey,
  MAC_BYTES,
  macKeyOf,
  requireIv,
} from './legacy-key.ts'
import { legacyPaddedSize } from './legacy-padding.ts'
import { type BlobLimit, requireBlobSize, requireSize } from './limits.ts'
import type { AttachmentSource } from './source.ts'
import { joinChunks, type Transform, transformBytes, transformSource } from './transform.ts'

/** Choices of the sender. Spec 10 §6.2. */
export interface LegacySealOptions extends BlobLimit {
  /** False for images of link previews, which clients do not pad. True unless given. */
  readonly padded?: boolean | undefined
}

/** IV 16 ‖ AES-256-CBC, PKCS#7 ‖ HMAC-SHA-256 32 of all before it. Spec 10 §6.2. */
export interface SealedLegacyAttachment {
  readonly blob: Uint8Array
  /** SHA-256 of the blob; goes into the pointer. */
  readonly digest: Uint8Array
}

/** The blob as a source: reading it encrypts. Chunks are fresh arrays. Spec 10 §6.2. */
export interface SealedLegacySource extends AttachmentSource {
  open(): AsyncGenerator<Uint8Array, void, void>
  /**
   * SHA-256 of the blob; goes into the pointer. Known once the blob was read to its end.
   * @throws {AttachmentError} `attachment.unfinished`
   */
  digest(): Uint8Array
}

/**
 * Pads and encrypts a file in memory. The pair of key and IV, both random, must never serve two files. Spec 10 §6.2.
 * @throws {AttachmentError} `attachment.bad-iv`, `attachment.too-large`
 */
export function sealLegacyAttachment(
  data: Uint8Array,
  key: LegacyAttachmentKey,
  iv: Uint8Array,
  options: LegacySealOptions = {},
): SealedLegacyAttachment {
  const { paddedSize, blobSize } = planSizes(data.length, iv, options)
  const sealer = new LegacySealer(key, iv, paddedSize - data.length)
  const blob = joinChunks(blobSize, transformBytes(data, sealer))
  return { blob, digest: sealer.digest() }
}

/**
 * Pads and encrypts a file of any size; nothing is read before the result is. Spec 10 §6.2.
 * @throws {AttachmentError} `attachment.bad-size`, `attachment.bad-iv`, `attachment.too-large`; while reading
 * `attachment.source-changed`
 */
export function sealLegacyAttachmentSource(
  source: AttachmentSource,
  key: LegacyAttachmentKey,
  iv: Uint8Array,
  options: LegacySealOptions = {},
): SealedLegacySource {
  const { sizeBytes } = source
  const { paddedSize, blobSize } = planSizes(sizeBytes, iv, options)
  const ownIv = Uint8Array.from(iv)
  let sealed: LegacySealer | undefined
  async function* open(): AsyncGenerator<Uint8Array, void, void> {
    const sealer = new LegacySealer(key, ownIv, paddedSize - sizeBytes)
    yield* transformSource(source, sizeBytes, sealer)
    sealed = sealer
  }
  return { sizeBytes: blobSize, open, digest: () => digestOf(sealed) }
}

/** Of the latest reading that came to its end. */
function digestOf(sealer: LegacySealer | undefined): Uint8Array {
  if (sealer === undefined) throw new AttachmentError('attachment.unfinished')
  return sealer.digest()
}

function planSizes(
  sizeBytes: number,
  iv: Uint8Array,
  { padded = true, ...limit }: LegacySealOptions,
): { readonly paddedSize: number; readonly blobSize: number } {
  requireIv(iv)
  requireSize(sizeBytes)
  const paddedSize = padded ? legacyPaddedSize(sizeBytes) : sizeBytes
  // PKCS#7 always adds something: 1 to 16 bytes.
  const blobSize = IV_BYTES + paddedSize + 16 - (paddedSize % 16) + MAC_BYTES
  requireBlobSize(blobSize, limit)
  return { paddedSize, blobSize }
}

class LegacySealer implements Transform {
  readonly #blocks = new Blocks(LEGACY_STEP_BYTES)
  readonly #iv: Uint8Array
  readonly #paddingSize: number
  readonly #cipher
  readonly #mac
  readonly #hash = createSha256()
  #digest: Uint8Array = new Uint8Array(0)

  constructor(key: LegacyAttachmentKey, iv: Uint8Array, paddingSize: number) {
    this.#iv = Uint8Array.from(iv)
    this.#paddingSize = paddingSize
    this.#cipher = createAes256CbcEncryptor(aesKeyOf(key), iv)
    this.#mac = createHmacSha256(macKeyOf(key))
  }

  *start(): Generator<Uint8Array, void, void> {
    yield this.#authenticate(this.#iv)
  }

  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    for (const block of this.#blocks.push(piece)) yield this.#authenticate(this.#cipher.update(block))
  }

  *finish(): Generator<Uint8Array, void, void> {
    for (const some of zeros(this.#paddingSize)) yield* this.push(some)
    yield this.#authenticate(this.#cipher.update(this.#blocks.rest()))
    yield this.#authenticate(this.#cipher.finish())
    const mac = this.#mac.finish()
    this.#hash.update(mac)
    this.#digest = this.#hash.finish()
    yield mac
  }

  close(): void {
    this.#mac.close()
    this.#hash.close()
  }

  /** A copy. Known after `finish`. */
  digest(): Uint8Array {
    return Uint8Array.from(this.#digest)
  }

  #authenticate(ciphertext: Uint8Array): Uint8Array {
    this.#mac.update(ciphertext)
    this.#hash.update(ciphertext)
    return ciphertext
  }
}
