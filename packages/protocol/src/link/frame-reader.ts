import { concatBytes } from '../encoding/index.ts'
import { decodeFrame, payloadLength } from './decode-frame.ts'
import { HEADER_SIZE, type LinkFrame } from './frame.ts'

/** More pieces than this are joined before their time: each costs memory beside its bytes. */
const maxPieces = 64

/** Cuts a stream of bytes into frames. Keeps less than one frame between two calls. See docs/protocol/node-link.md. */
export class LinkFrameReader {
  /** Pieces of a frame that is not whole yet, joined when it is: many small ones are not copied again and again. */
  #pieces: Uint8Array[] = []
  #held = 0
  /** How many bytes have to be there before there is more to see. */
  #wanted = HEADER_SIZE

  /** Bytes that wait for the rest of their frame. */
  get held(): number {
    return this.#held
  }

  /**
   * Takes what came and calls back for each frame that is whole now. Bodies are views, of `chunk` for the most part: copy what
   * is kept. After an error there is no way to go on.
   * @throws {LinkFrameError}
   */
  push(chunk: Uint8Array, onFrame: (frame: LinkFrame) => void): void {
    if (this.#held + chunk.length < this.#wanted) return this.#keep(chunk)
    const bytes = this.#joined(chunk)
    let at = 0
    while (at + HEADER_SIZE <= bytes.length) {
      const length = payloadLength(bytes, at)
      const end = at + HEADER_SIZE + length
      if (end > bytes.length) {
        this.#wanted = HEADER_SIZE + length
        break
      }
      onFrame(decodeFrame(bytes, at, length))
      at = end
    }
    // A copy: what is left of a large chunk must not hold all of it. Not by `slice`, which copies nothing of a `Buffer`.
    if (at < bytes.length) this.#keep(new Uint8Array(bytes.subarray(at)))
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#held += bytes.length
    this.#pieces.push(bytes)
    if (this.#pieces.length > maxPieces) this.#pieces = [concatBytes(...this.#pieces)]
  }

  #joined(chunk: Uint8Array): Uint8Array {
    this.#wanted = HEADER_SIZE
    if (this.#held === 0) return chunk
    this.#pieces.push(chunk)
    const bytes = concatBytes(...this.#pieces)
    this.#pieces = []
    this.#held = 0
    return bytes
  }
}
