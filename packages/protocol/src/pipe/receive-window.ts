import { PipeError } from './pipe-error.ts'

/**
 * How much the peer may still send, for one stream or the whole connection. What this side has dealt with is given back
 * in portions of half the window at least, so that credit frames stay few.
 */
export class ReceiveWindow {
  readonly #size: number
  #available: number
  #unconsumed = 0
  #pending = 0

  constructor(size: number) {
    this.#size = size
    this.#available = size
  }

  /** Bytes that have come and have not been consumed. */
  get unconsumed(): number {
    return this.#unconsumed
  }

  /** @throws {PipeError} `pipe.over-credit` */
  take(bytes: number): void {
    if (bytes > this.#available) throw new PipeError('pipe.over-credit', { bytes, available: this.#available })
    this.#available -= bytes
    this.#unconsumed += bytes
  }

  /** Gives back the credit to announce now, 0 if it can wait. More than was taken does not count. */
  consume(bytes: number): number {
    const counted = Math.max(0, Math.min(bytes, this.#unconsumed))
    this.#unconsumed -= counted
    this.#pending += counted
    if (this.#pending < this.#size / 2) return 0
    const credit = this.#pending
    this.#pending = 0
    this.#available += credit
    return credit
  }
}
