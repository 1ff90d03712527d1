const size = 312
const middle = 156
const upperBits = 0xffffffff80000000n
const lowerBits = 0x7fffffffn
const matrix = 0xb5026f5aa96619e9n

/**
 * mt19937-64 with the plain seeding of C++ `std::mt19937_64`. Swarm membership needs the same draws everywhere; nothing
 * secret may ever come from it. Spec 20 §2.2.
 */
export class MersenneTwister64 {
  readonly #state = new BigUint64Array(size)
  #at = size

  /** Of the seed the low 64 bits count. */
  constructor(seed: bigint) {
    let word = BigInt.asUintN(64, seed)
    this.#state[0] = word
    for (let at = 1; at < size; at++) {
      word = BigInt.asUintN(64, 6364136223846793005n * (word ^ (word >> 62n)) + BigInt(at))
      this.#state[at] = word
    }
  }

  /** The next number, 0 to 2^64 - 1. */
  next(): bigint {
    if (this.#at === size) this.#twist()
    let word = this.#word(this.#at++)
    word ^= (word >> 29n) & 0x5555555555555555n
    word ^= (word << 17n) & 0x71d67fffeda60000n
    word ^= (word << 37n) & 0xfff7eee000000000n
    return word ^ (word >> 43n)
  }

  #twist(): void {
    for (let at = 0; at < size; at++) {
      const joined = (this.#word(at) & upperBits) | (this.#word((at + 1) % size) & lowerBits)
      const twisted = (joined >> 1n) ^ ((joined & 1n) === 0n ? 0n : matrix)
      this.#state[at] = this.#word((at + middle) % size) ^ twisted
    }
    this.#at = 0
  }

  #word(at: number): bigint {
    return this.#state[at] ?? 0n
  }
}
