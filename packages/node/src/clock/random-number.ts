import { type RandomBytes } from '@sotto/protocol/crypto'

/** A number from 0 to 1, 1 left out, each of 2^32 equally likely. */
export function randomFraction(random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return (a * 0x1000000 + b * 0x10000 + c * 0x100 + d) / 0x100000000
}

/** A whole number of ms from `min` to `max`. */
export function randomBetween(random: RandomBytes, min: number, max: number): number {
  return Math.round(min + (max - min) * randomFraction(random))
}
