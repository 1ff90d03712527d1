import { TransportError } from '../transport-error.ts'
import { type ByteBudget } from './byte-budget.ts'

/** The body of a reply as it comes in: not longer than wanted, and within what its link may hold. */
export class ReplyBody {
  readonly #most: number
  readonly #budget: ByteBudget
  readonly #chunks: Uint8Array[] = []
  #length = 0

  constructor(most: number, budget: ByteBudget) {
    this.#most = most
    this.#budget = budget
  }

  get length(): number {
    return this.#length
  }

  /** @throws {TransportError} `transport.too-large`, `transport.busy` */
  add(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#most) throw new TransportError('transport.too-large', { most: this.#most })
    this.#budget.take(chunk.length)
    this.#length += chunk.length
    this.#chunks.push(chunk)
  }

  /** A fresh array, which holds no pool of buffers alive. */
  join(): Uint8Array {
    const body = new Uint8Array(this.#length)
    let at = 0
    for (const chunk of this.#chunks) {
      body.set(chunk, at)
      at += chunk.length
    }
    return body
  }

  /** Lets go of everything. To be called once, at the end. */
  free(): void {
    this.#budget.giveBack(this.#length)
    this.#chunks.length = 0
  }
}
