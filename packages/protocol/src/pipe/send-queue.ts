import { PipeError } from './pipe-error.ts'

const MAX_CREDIT = 2 ** 31 - 1
/** Smaller chunks are gathered in arrays of this size: a guard that answers byte by byte must not fill the memory. */
const GATHER_BYTES = 4096

/** @throws {PipeError} `pipe.credit-overflow` */
export function addCredit(credit: number, bytes: number): number {
  if (credit + bytes > MAX_CREDIT) throw new PipeError('pipe.credit-overflow', { credit, bytes })
  return credit + bytes
}

/** A piece that may be sent now. */
export interface Piece {
  /** A view. */
  readonly bytes: Uint8Array
  readonly last: boolean
}

/** What one stream still has to send, in order, and how much of it the peer has room for. */
export class SendQueue {
  readonly #chunks: Uint8Array[] = []
  #queued = 0
  #credit: number
  #finishing = false
  #ended = false
  #gathered = new Uint8Array()

  constructor(credit: number) {
    this.#credit = credit
  }

  /** Bytes waiting. */
  get queued(): number {
    return this.#queued
  }

  /** Whether nothing more may be added. */
  get finishing(): boolean {
    return this.#finishing
  }

  /** Whether the last piece has been taken. */
  get ended(): boolean {
    return this.#ended
  }

  /** Keeps the bytes themselves, or a copy of small ones that have to wait behind others. */
  add(bytes: Uint8Array, last: boolean): void {
    if (bytes.length > 0) this.#append(bytes)
    this.#queued += bytes.length
    this.#finishing ||= last
  }

  /** @throws {PipeError} `pipe.credit-overflow` */
  grant(bytes: number): void {
    this.#credit = addCredit(this.#credit, bytes)
  }

  /** The next piece of at most so many bytes, or `undefined` if there is none or no room for it. The end needs none. */
  take(maxBytes: number): Piece | undefined {
    const [chunk] = this.#chunks
    if (chunk === undefined) return this.#takeEnd()
    const size = Math.min(chunk.length, maxBytes, this.#credit)
    if (size === 0) return undefined
    if (size < chunk.length) this.#chunks[0] = chunk.subarray(size)
    else this.#chunks.shift()
    this.#queued -= size
    this.#credit -= size
    this.#ended = this.#finishing && this.#queued === 0
    return { bytes: chunk.subarray(0, size), last: this.#ended }
  }

  #append(bytes: Uint8Array): void {
    if (this.#queued === 0 || bytes.length >= GATHER_BYTES / 4) this.#chunks.push(bytes)
    else this.#gather(bytes)
  }

  /** Writes behind the last chunk, if that was gathered and there is room; what was taken of it stays as it is. */
  #gather(bytes: Uint8Array): void {
    const last = this.#chunks.at(-1)
    const end = last?.buffer === this.#gathered.buffer ? last.byteOffset + last.length : GATHER_BYTES
    if (last !== undefined && end + bytes.length <= GATHER_BYTES) {
      this.#gathered.set(bytes, end)
      this.#chunks[this.#chunks.length - 1] = this.#gathered.subarray(last.byteOffset, end + bytes.length)
      return
    }
    this.#gathered = new Uint8Array(GATHER_BYTES)
    this.#gathered.set(bytes)
    this.#chunks.push(this.#gathered.subarray(0, bytes.length))
  }

  #takeEnd(): Piece | undefined {
    if (!this.#finishing || this.#ended) return undefined
    this.#ended = true
    return { bytes: new Uint8Array(), last: true }
  }
}
