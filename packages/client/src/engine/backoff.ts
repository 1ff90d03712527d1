import { type RandomBytes } from '@sotto/protocol/crypto'

/** The first pause and the longest, in ms. */
export interface BackoffRange {
  readonly firstMs: number
  readonly lastMs: number
}

/**
 * How long to wait after so many failed attempts (1 or more): each pause twice the one before, up to the longest, and then
 * anything from half of that to all of it, so that devices that failed together do not come back together. Spec 70 D18.
 */
export function backoffMs(attempts: number, { firstMs, lastMs }: BackoffRange, random: RandomBytes): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempts - 1, 30))
  const [high = 0, low = 0] = random(2)
  return Math.round(full * (0.5 + (high * 256 + low) / 131_072))
}
