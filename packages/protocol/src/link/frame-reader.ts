import { concatBytes } from '../encoding/index.ts'
import { decodeFrame, payloadLength } from './decode-frame.ts'
import { frameTypes, HEADER_SIZE, type LinkFrame } from './frame.ts'

/** More pieces than this are joined before their time: each costs memory beside its bytes. */
const maxPieces = 64
/** Smaller parts of data wait for more, or for the end of their frame: those who take them have work with each. */
const leastPart = 512

/**
 * Cuts a stream of bytes into frames. Keeps less than one frame between two calls. Data is handed on as it comes, a frame of it
 * perhaps in parts: most of them lie in two records of TLS, and to join those would be to copy nearly everything.
 * See docs/protocol/node-link.md.
 */
export class LinkFrameReader {
  /** Pieces of a frame that is not whole yet, joined when it is: many small ones are not copied again and again. */
  #pieces: Uint8Array[] = []
  #held = 0
  /** How many bytes have to be there before there is more to see. */
  #wanted = HEADER_SIZE
  /** Whose data it is of which a part was handed on, and how much of that frame is still to come. */
  #id = 0
  #missing = 0
  /** Where the latest frame ended in what is looked at. */
  #end = 0

  /** Bytes that wait for the rest of their frame. */
  get held(): number {
    return this.#held
  }

  /**
   * Takes what came and calls back for each frame that is whole now, and for parts of data. Bodies are views, of `chunk` for
   * the most part: copy what is kept. True if `chunk` held nothing but data, so that nobody needs it any more if all of that
   * was copied. After an error there is no way to go on.
   * @throws {LinkFrameError}
   */
  push(chunk: Uint8Array, onFrame: (frame: LinkFrame) => void): boolean {
    if (this.#held + chunk.length < this.#wanted) {
      this.#keep(chunk)
      return false
    }
    const bytes = this.#joined(chunk)
    let isData = true
    this.#end = 0
    while (this.#end + this.#wanted <= bytes.length) {
      const frame = this.#missing > 0 ? this.#goOn(bytes, this.#end) : this.#begin(bytes, this.#end)
      if (frame === undefined) break
      isData &&= frame.kind === 'data'
      onFrame(frame)
    }
    // A copy: what is left of a large chunk must not hold all of it. Not by `slice`, which copies nothing of a `Buffer`.
    if (this.#end < bytes.length) this.#keep(new Uint8Array(bytes.subarray(this.#end)))
    return isData
  }

  /** The frame that begins at `at`, or the part of its data that is there. `undefined` if that is too little. */
  #begin(bytes: Uint8Array, at: number): LinkFrame | undefined {
    const length = payloadLength(bytes, at)
    const there = Math.min(length, bytes.length - at - HEADER_SIZE)
    const least = bytes[at] === frameTypes.data ? Math.min(length, leastPart) : length
    if (there < least) {
      this.#wanted = HEADER_SIZE + least
      return undefined
    }
    const frame = decodeFrame(bytes, at, there)
    if (frame.kind === 'data') this.#id = frame.id
    this.#moveTo(at + HEADER_SIZE + there, length - there)
    return frame
  }

  /** More of the data of which a part was handed on. */
  #goOn(bytes: Uint8Array, at: number): LinkFrame {
    const end = Math.min(bytes.length, at + this.#missing)
    this.#moveTo(end, this.#missing - (end - at))
    return { kind: 'data', id: this.#id, bytes: bytes.subarray(at, end) }
  }

  #moveTo(end: number, missing: number): void {
    this.#end = end
    this.#missing = missing
    this.#wanted = missing === 0 ? HEADER_SIZE : Math.min(missing, leastPart)
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#held += bytes.length
    this.#pieces.push(bytes)
    if (this.#pieces.length > maxPieces) this.#pieces = [concatBytes(...this.#pieces)]
  }

  #joined(chunk: Uint8Array): Uint8Array {
    if (this.#held === 0) return chunk
    this.#pieces.push(chunk)
    const bytes = concatBytes(...this.#pieces)
    this.#pieces = []
    this.#held = 0
    return bytes
  }
}
