import { type Ed25519Seed, SECRET_STREAM_OVERHEAD, SecretStreamSealer, type SymmetricKey } from '../crypto/index.ts'
import { Blocks, steps, zeros } from './blocks.ts'
import { createKeyHasher, type DeterministicKey, type FilePurpose, finishKeyHasher } from './deterministic-key.ts'
import { CHUNK_BYTES, deterministicBlobSize, deterministicPadding, PREFIX_BYTES } from './deterministic-size.ts'
import { type BlobLimit, requireBlobSize } from './limits.ts'
import { type AttachmentSource, readSource } from './source.ts'
import { type Allocate, allocateWithin, drain, type Transform, transformBytes, transformSource } from './transform.ts'

/** `S` ‖ header 24 ‖ chunks of a secretstream. Spec 10 §6.3. */
export interface SealedDeterministicFile {
  readonly blob: Uint8Array
  /** Goes into the pointer, or into the profile. */
  readonly key: SymmetricKey
}

/** The blob as a source: reading it encrypts. Chunks are fresh arrays. Spec 10 §6.3. */
export interface SealedDeterministicSource extends AttachmentSource {
  open(): AsyncGenerator<Uint8Array, void, void>
  /** Goes into the pointer, or into the profile. */
  readonly key: SymmetricKey
}

/**
 * Encrypts a file in memory; the same file of the same account gives the same blob. `seed` is the padded seed of the
 * account. Spec 10 §6.3.
 * @throws {AttachmentError} `attachment.too-large`
 */
export function sealDeterministicFile(
  data: Uint8Array,
  seed: Ed25519Seed,
  purpose: FilePurpose,
  limit: BlobLimit = {},
): SealedDeterministicFile {
  const blobSize = deterministicBlobSize(data.length)
  requireBlobSize(blobSize, limit)
  const hasher = createKeyHasher(seed, purpose)
  for (const step of steps(data)) hasher.update(step)
  const derived = finishKeyHasher(hasher)
  const blob = new Uint8Array(blobSize)
  drain(transformBytes(data, new DeterministicSealer(derived, data.length, allocateWithin(blob))))
  return { blob, key: derived.key }
}

/**
 * Encrypts a file of any size. It is read once at once, for its key, and once more each time the result is read. The bytes
 * must be the same each time: two files under one key would show each other. Spec 10 §6.3.
 * @throws {AttachmentError} `attachment.bad-size`, `attachment.too-large`, `attachment.source-changed`; the last also while
 * reading the result
 */
export async function sealDeterministicSource(
  source: AttachmentSource,
  seed: Ed25519Seed,
  purpose: FilePurpose,
  limit: BlobLimit = {},
): Promise<SealedDeterministicSource> {
  const { sizeBytes } = source
  const blobSize = deterministicBlobSize(sizeBytes)
  requireBlobSize(blobSize, limit)
  const derived = await deriveKey(source, sizeBytes, seed, purpose)
  // Nothing of a generator runs before its first chunk is asked for, so whoever never reads leaves nothing behind.
  async function* open(): AsyncGenerator<Uint8Array, void, void> {
    yield* transformSource(source, sizeBytes, new DeterministicSealer(derived, sizeBytes))
  }
  return { sizeBytes: blobSize, key: derived.key, open }
}

async function deriveKey(
  source: AttachmentSource,
  sizeBytes: number,
  seed: Ed25519Seed,
  purpose: FilePurpose,
): Promise<DeterministicKey> {
  const hasher = createKeyHasher(seed, purpose)
  try {
    for await (const piece of readSource(source, sizeBytes)) {
      for (const step of steps(piece)) hasher.update(step)
    }
    return finishKeyHasher(hasher)
  } finally {
    hasher.close()
  }
}

/** The plain stream is (p − 1) zeros ‖ `01` ‖ the file; its last chunk is marked. */
class DeterministicSealer implements Transform {
  readonly #blocks = new Blocks(CHUNK_BYTES)
  readonly #header: Uint8Array
  readonly #stream: SecretStreamSealer
  readonly #paddingSize: number
  readonly #allocate: Allocate | undefined
  #left: number

  constructor({ header, key }: DeterministicKey, sizeBytes: number, allocate?: Allocate) {
    this.#header = header
    this.#stream = new SecretStreamSealer(key, header)
    this.#paddingSize = deterministicPadding(sizeBytes)
    this.#left = this.#paddingSize + sizeBytes
    this.#allocate = allocate
  }

  *start(): Generator<Uint8Array, void, void> {
    const prefix = this.#allocate?.(PREFIX_BYTES) ?? new Uint8Array(PREFIX_BYTES)
    prefix[0] = MARKER
    prefix.set(this.#header, 1)
    yield prefix
    for (const some of zeros(this.#paddingSize - 1)) yield* this.push(some)
    yield* this.push(Uint8Array.of(1))
  }

  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    for (const block of this.#blocks.push(piece)) yield this.#seal(block)
  }

  *finish(): Generator<Uint8Array, void, void> {
    if (this.#left > 0) yield this.#seal(this.#blocks.rest())
  }

  close(): void {
    this.#stream.close()
  }

  #seal(block: Uint8Array): Uint8Array {
    this.#left -= block.length
    const sealed = this.#allocate?.(block.length + SECRET_STREAM_OVERHEAD)
    return this.#stream.seal(block, this.#left === 0 ? 'final' : 'message', sealed)
  }
}

/** `S` */
const MARKER = 0x53
