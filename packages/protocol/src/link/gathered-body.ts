import { releaseBytes } from '../crypto/index.ts'

/** Less is not set aside when a second piece has come. */
const leastRoom = 65_536
/** How many times more than what has come is set aside at most. */
const growth = 4

/**
 * A body as it comes, in memory that becomes its own: pieces are copied when they come, and nothing has to wait until all of
 * them are joined. Room is set aside for four times what has come at most, since a length is quickly announced.
 * See docs/protocol/node-link.md.
 */
export class GatheredBody {
  readonly #most: number
  readonly #reserve: (bytes: number) => boolean
  /** The first piece as it came, as long as it is the only one. */
  #bytes: Uint8Array | undefined
  #isOwn = false
  #length = 0

  /** `most` is the announced length, or the longest that is taken. `reserve` is asked before memory is taken, or held. */
  constructor(most: number, reserve: (bytes: number) => boolean) {
    this.#most = most
    this.#reserve = reserve
  }

  /** How much has come. */
  get length(): number {
    return this.#length
  }

  /** Whether the bytes lie in memory of their own, and not where the only piece does. */
  get isOwn(): boolean {
    return this.#isOwn
  }

  /**
   * Takes the next piece, which the caller may use again, but for the first one: that must stay as it is. False if it was
   * not taken: more than may come, or no room.
   */
  add(piece: Uint8Array): boolean {
    const length = this.#length + piece.length
    if (length > this.#most) return false
    if (this.#bytes === undefined) {
      if (!this.#reserve(piece.length)) return false
      this.#bytes = piece
    } else {
      if ((!this.#isOwn || length > this.#bytes.length) && !this.#grow(this.#bytes, length)) return false
      this.#bytes.set(piece, this.#length)
    }
    this.#length = length
    return true
  }

  /** All that has come. A view of the first piece if there was no other. */
  finish(): Uint8Array {
    const bytes = this.#bytes ?? new Uint8Array()
    this.#bytes = undefined
    return bytes.length === this.#length ? bytes : bytes.subarray(0, this.#length)
  }

  #grow(before: Uint8Array, length: number): boolean {
    const room = Math.min(this.#most, Math.max(leastRoom, growth * length))
    if (!this.#reserve(room - before.length)) return false
    const grown = new Uint8Array(room)
    grown.set(before)
    if (this.#isOwn) releaseBytes(before)
    this.#bytes = grown
    this.#isOwn = true
    return true
  }
}
