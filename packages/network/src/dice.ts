import { type RandomBytes } from '@sotto/protocol/crypto'

const DRAW_BYTES = 6

/** Choices out of random bytes: which node, how long. */
export class Dice {
  readonly #random: RandomBytes

  constructor(random: RandomBytes) {
    this.#random = random
  }

  /** From 0, included, to 1, excluded, in steps of 2^-48. */
  fraction(): number {
    return this.#random(DRAW_BYTES).reduce((sum, byte) => (sum + byte) / 256, 0)
  }

  /** Uniform from `min` to `max`. */
  between(min: number, max: number): number {
    return min + (max - min) * this.fraction()
  }

  /** `value`, up to 30 % less or more. */
  about(value: number): number {
    return value * this.between(0.7, 1.3)
  }

  /** One of them, each as likely; `undefined` of none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.fraction() * items.length)]
  }

  /** All of them, in any order as likely. A fresh array. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items]
    return items.flatMap(() => left.splice(Math.floor(this.fraction() * left.length), 1))
  }
}
