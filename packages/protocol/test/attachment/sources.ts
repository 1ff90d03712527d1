import fc from 'fast-check'
import type { AttachmentSource } from '../../src/attachment/index.ts'

/** Byte i is 7 · i mod 256, as in the known answers. */
export function sevens(sizeBytes: number): Uint8Array {
  const data = new Uint8Array(sizeBytes)
  for (let at = 0; at < sizeBytes; at += 1) data[at] = 7 * at
  return data
}

/** Lengths of pieces, in turn; 0 gives an empty piece. */
export const pieceSizes = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 90_000 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map(sizes => [...sizes, 1000])

/** Sizes of files around the borders of blocks and chunks. */
export const fileSizes = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 150_000 }) },
  fc
    .tuple(fc.constantFrom(541, 4053, 32_768, 65_536, 131_072), fc.integer({ min: -60, max: 60 }))
    .map(([a, b]) => a + b),
)

/** Gives the bytes in pieces of these lengths, out of one array that is used again and again. */
export class PiecedSource implements AttachmentSource {
  readonly sizeBytes: number
  /** How often somebody began to read, and how often that came to an end in whatever way. */
  opened = 0
  closed = 0
  /** How much was handed out. */
  handedOut = 0
  readonly #bytes: Uint8Array
  readonly #sizes: readonly number[]

  constructor(bytes: Uint8Array, sizes: readonly number[], sizeBytes: number = bytes.length) {
    this.#bytes = bytes
    this.#sizes = sizes
    this.sizeBytes = sizeBytes
  }

  *open(): Generator<Uint8Array, void, void> {
    this.opened += 1
    const memory = new Uint8Array(Math.max(...this.#sizes))
    try {
      for (let at = 0, turn = 0; at < this.#bytes.length; turn += 1) {
        const size = this.#sizes[turn % this.#sizes.length] ?? 1
        const piece = this.#bytes.subarray(at, at + size)
        memory.fill(0xee)
        memory.set(piece)
        at += piece.length
        this.handedOut += piece.length
        yield memory.subarray(0, piece.length)
      }
    } finally {
      this.closed += 1
    }
  }
}

/** The same, asynchronously. */
export function asynchronous(source: AttachmentSource): AttachmentSource {
  return {
    sizeBytes: source.sizeBytes,
    async *open() {
      await Promise.resolve()
      yield* source.open()
    },
  }
}

/** A copy with one bit changed. */
export function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const index = Math.floor(at / 8) % copy.length
  copy[index] = (copy[index] ?? 0) ^ (1 << (at % 8))
  return copy
}
