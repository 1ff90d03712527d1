import { type MersenneTwister64 } from './mersenne-twister.ts'
import { SwarmError } from './swarm-error.ts'

const MAX = 0xffffffffffffffffn

/**
 * A fair choice among `count` things: draws x until x < L = MAX - (MAX mod count), then ⌊x / ⌊L / count⌋⌋. Takes a draw
 * even for a single thing. Spec 20 §2.2.
 * @throws {SwarmError} `swarm.bad-draw` unless `count` is a whole number from 1 on
 */
export function drawUniform(random: MersenneTwister64, count: number): number {
  if (!Number.isSafeInteger(count) || count < 1) throw new SwarmError('swarm.bad-draw', { count })
  const choices = BigInt(count)
  const limit = MAX - (MAX % choices)
  let x = random.next()
  while (x >= limit) x = random.next()
  return Number(x / (limit / choices))
}
