import { type ByteBudget } from '../clients/byte-budget.ts'

/** A first piece makes room for this much, unless less is announced: most onions fit. */
const firstBytes = 65_536
const nothing = new Uint8Array()

/**
 * The body of a request as it comes in, in one array that grows: pieces of a single byte would otherwise cost a hundred times
 * their size. Room is taken of the budget as it grows, and not for what is only announced.
 */
export class RequestBody {
  readonly #length: number
  readonly #budget: ByteBudget
  #bytes = nothing
  #size = 0

  /** `length` bytes will come. */
  constructor(length: number, budget: ByteBudget) {
    this.#length = length
    this.#budget = budget
  }

  /** Copies a piece. False, and nothing is kept of it, if there is no room. */
  add(piece: Uint8Array): boolean {
    const size = this.#size + piece.length
    if (size > this.#bytes.length && !this.#grow(size)) return false
    this.#bytes.set(piece, this.#size)
    this.#size = size
    return true
  }

  /** The whole body; it is the caller's now, and so is its room in the budget, which is given back. */
  release(): Uint8Array {
    const body = this.#bytes.subarray(0, this.#size)
    this.#budget.give(this.#bytes.length)
    this.#bytes = nothing
    this.#size = 0
    return body
  }

  #grow(size: number): boolean {
    const room = Math.min(this.#length, Math.max(size, firstBytes, 2 * this.#bytes.length))
    if (!this.#budget.take(room - this.#bytes.length)) return false
    const bytes = new Uint8Array(room)
    bytes.set(this.#bytes.subarray(0, this.#size))
    this.#bytes = bytes
    return true
  }
}
