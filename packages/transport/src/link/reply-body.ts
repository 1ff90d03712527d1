import { GatheredBody } from '@sotto/protocol/link'
import { TransportError } from '../transport-error.ts'
import { type ByteBudget } from './byte-budget.ts'

/** The body of a reply as it comes in: not longer than wanted, and within what its link may hold. */
export class ReplyBody {
  readonly #most: number
  readonly #budget: ByteBudget
  readonly #body: GatheredBody
  #held = 0

  /** `most` is the announced length, or the longest that is wanted. */
  constructor(most: number, budget: ByteBudget) {
    this.#most = most
    this.#budget = budget
    this.#body = new GatheredBody(most, bytes => this.#hold(bytes))
  }

  get length(): number {
    return this.#body.length
  }

  /**
   * Copies what it is given, but for the first chunk, which must stay as it is.
   * @throws {TransportError} `transport.too-large`, `transport.busy`
   */
  add(chunk: Uint8Array): void {
    if (!this.#body.add(chunk)) throw new TransportError('transport.too-large', { most: this.#most })
  }

  /** A fresh array, which holds no pool of buffers alive. */
  join(): Uint8Array {
    const body = this.#body.finish()
    return this.#body.isOwn && body.length === body.buffer.byteLength ? body : new Uint8Array(body)
  }

  /** Lets go of everything. To be called once, at the end. */
  free(): void {
    this.#budget.giveBack(this.#held)
    this.#held = 0
  }

  #hold(bytes: number): boolean {
    this.#budget.take(bytes)
    this.#held += bytes
    return true
  }
}
