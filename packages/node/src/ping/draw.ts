import { type RandomBytes } from '@sotto/protocol/crypto'
import { randomFraction } from '../clock/random-number.ts'

/** A normally distributed number. Box and Muller. */
export function normal(random: RandomBytes, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - randomFraction(random)))
  return mean + deviation * radius * Math.cos(2 * Math.PI * randomFraction(random))
}

/** One of the items by chance; `undefined` if there are none. */
export function pickOne<Item>(items: readonly Item[], random: RandomBytes): Item | undefined {
  return items[Math.floor(randomFraction(random) * items.length)]
}
