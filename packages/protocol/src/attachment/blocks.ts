/** Cuts what arrives in pieces of any length into blocks of one length. */
export class Blocks {
  readonly #size: number
  readonly #buffer: Uint8Array
  #filled = 0

  constructor(size: number) {
    this.#size = size
    this.#buffer = new Uint8Array(size)
  }

  /** The blocks that are complete: views, of the piece where it holds a whole one, that are valid until the next. */
  *push(piece: Uint8Array): Generator<Uint8Array, void, void> {
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(this.#size - this.#filled, piece.length)
      this.#keep(piece.subarray(0, at))
      if (this.#filled < this.#size) return
      this.#filled = 0
      yield this.#buffer
    }
    for (; piece.length - at >= this.#size; at += this.#size) yield piece.subarray(at, at + this.#size)
    this.#keep(piece.subarray(at))
  }

  /** What is left, less than a block: a view. */
  rest(): Uint8Array {
    return this.#buffer.subarray(0, this.#filled)
  }

  #keep(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#filled)
    this.#filled += bytes.length
  }
}

/** The part of a piece that lies between two positions of its stream, in which the piece begins at `start`: a view. */
export function overlap(piece: Uint8Array, start: number, from: number, to: number): Uint8Array {
  return piece.subarray(Math.max(0, from - start), Math.max(0, to - start))
}

/** So many zeros, in views of one small array. */
export function* zeros(count: number): Generator<Uint8Array, void, void> {
  const some = new Uint8Array(Math.min(count, STEP_BYTES))
  for (let left = count; left > 0; left -= some.length) yield some.subarray(0, left)
}

/** Passes a large piece on in steps, because libraries copy what they are given. */
export function* steps(piece: Uint8Array): Generator<Uint8Array, void, void> {
  for (let at = 0; at < piece.length; at += STEP_BYTES) yield piece.subarray(at, at + STEP_BYTES)
}

const STEP_BYTES = 65_536
