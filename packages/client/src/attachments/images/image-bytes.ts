import { AttachmentsError } from '../attachments-error.ts'

/** Reads numbers and parts of a picture, and refuses what lies beyond its end with `attachments.bad-image`. */
export class ImageBytes {
  readonly bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.bytes.length
  }

  byte(at: number): number {
    this.#require(at, 1)
    return this.#view.getUint8(at)
  }

  /** Big-endian, as in PNG and JPEG. */
  uint16(at: number): number {
    this.#require(at, 2)
    return this.#view.getUint16(at)
  }

  uint32(at: number): number {
    this.#require(at, 4)
    return this.#view.getUint32(at)
  }

  /** Past 2^53 it is not exact any more, and beyond any file. */
  uint64(at: number): number {
    return this.uint32(at) * 2 ** 32 + this.uint32(at + 4)
  }

  /** Big-endian, of 0, 2, 4 or 8 bytes. */
  uint(at: number, length: number): number {
    if (length === 0) return 0
    if (length === 2) return this.uint16(at)
    if (length === 4) return this.uint32(at)
    if (length === 8) return this.uint64(at)
    throw badImage(at)
  }

  /** Little-endian, as in GIF and WebP. */
  uint16Little(at: number): number {
    this.#require(at, 2)
    return this.#view.getUint16(at, true)
  }

  uint32Little(at: number): number {
    this.#require(at, 4)
    return this.#view.getUint32(at, true)
  }

  /** Four or more letters. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.part(at, length))
  }

  /** A view. */
  part(at: number, length: number): Uint8Array {
    this.#require(at, length)
    return this.bytes.subarray(at, at + length)
  }

  #require(at: number, length: number): void {
    if (at < 0 || at + length > this.bytes.length) throw badImage(at)
  }
}

/** A picture that is not laid out as it should be, from a position on. */
export function badImage(at: number): AttachmentsError {
  return new AttachmentsError('attachments.bad-image', { at })
}

/** Joins any number of parts. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
