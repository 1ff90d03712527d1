import { TransportError } from '../transport-error.ts'

/** How many bytes may be held at the same time, shared by all who hold some. */
export class ByteBudget {
  readonly #most: number
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** @throws {TransportError} `transport.busy`, and then nothing is taken */
  take(bytes: number): void {
    if (this.#held + bytes > this.#most) throw new TransportError('transport.busy', { held: this.#held })
    this.#held += bytes
  }

  giveBack(bytes: number): void {
    this.#held -= bytes
  }
}
