import { type RandomBytes } from '@sotto/protocol/crypto'
import { randomBelow, seededRandom } from '@sotto/testing'

/** What one case of the fuzzer draws: everything about it follows from the seed and its number. */
export class Draw {
  readonly random: RandomBytes

  constructor(seed: number, caseNumber: number) {
    this.random = seededRandom((BigInt(seed) << 32n) + BigInt(caseNumber))
  }

  below(bound: number): number {
    return randomBelow(this.random, bound)
  }

  /** Whether something happens that happens once in so many cases. */
  once(inCases: number): boolean {
    return this.below(inCases) === 0
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)]
    if (picked === undefined) throw new Error('there is nothing to choose from')
    return picked
  }
}
