const SIZE = 312
const MIDDLE = 156
const UPPER_BITS = 0xffffffff80000000n
const LOWER_BITS = 0x7fffffffn
const MATRIX = 0xb5026f5aa96619e9n

/**
 * mt19937-64 with the plain seeding of C++ `std::mt19937_64`. Swarm membership needs the same draws everywhere; nothing
 * secret may ever come from it. Spec 20 §2.2.
 */
export class MersenneTwister64 {
  readonly #state = new BigUint64Array(SIZE)
  #at = SIZE

  /** Of the seed the low 64 bits count. */
  constructor(seed: bigint) {
    let word = BigInt.asUintN(64, seed)
    this.#state[0] = word
    for (let at = 1; at < SIZE; at++) {
      word = BigInt.asUintN(64, 6364136223846793005n * (word ^ (word >> 62n)) + BigInt(at))
      this.#state[at] = word
    }
  }

  /** The next number, 0 to 2^64 - 1. */
  next(): bigint {
    if (this.#at === SIZE) this.#twist()
    let word = this.#word(this.#at++)
    word ^= (word >> 29n) & 0x5555555555555555n
    word ^= (word << 17n) & 0x71d67fffeda60000n
    word ^= (word << 37n) & 0xfff7eee000000000n
    return word ^ (word >> 43n)
  }

  #twist(): void {
    for (let at = 0; at < SIZE; at++) {
      const joined = (this.#word(at) & UPPER_BITS) | (this.#word((at + 1) % SIZE) & LOWER_BITS)
      const twisted = (joined >> 1n) ^ ((joined & 1n) === 0n ? 0n : MATRIX)
      this.#state[at] = this.#word((at + MIDDLE) % SIZE) ^ twisted
    }
    this.#at = 0
  }

  #word(at: number): bigint {
    return this.#state[at] ?? 0n
  }
}
