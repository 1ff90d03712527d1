import { SwarmError } from './swarm-error.ts'

declare const swarmId: unique symbol
/** 0 to 2^64 - 1. Past 2^53, so never a `number`: JSON.parse would change it. Spec 20 §2, trap 1. */
export type SwarmId = bigint & { readonly [swarmId]: true }

/** 2^64 - 1: the node is in no swarm, newly registered or decommissioned. Spec 20 §1.1. */
export const UNASSIGNED_SWARM = 0xffffffffffffffffn as SwarmId

/** 2^64 - 2: the largest id that a swarm can have. Spec 20 §2.2. */
export const MAX_SWARM_ID = 0xfffffffffffffffen as SwarmId

/** Spec 20 §1.1. @throws {SwarmError} `swarm.bad-swarm-id` outside 0 to 2^64 - 1 */
export function toSwarmId(value: bigint): SwarmId {
  if (value < 0n || value > UNASSIGNED_SWARM) throw new SwarmError('swarm.bad-swarm-id')
  return value as SwarmId
}

/**
 * Reads the hex of `get_swarm`: 1 to 16 digits of either case. Spec 20 §3.13.
 * @throws {SwarmError} `swarm.bad-swarm-id`
 */
export function parseSwarmId(hex: string): SwarmId {
  if (hex.length > 16 || !/^[0-9a-fA-F]+$/.test(hex)) throw new SwarmError('swarm.bad-swarm-id', { length: hex.length })
  return BigInt(`0x${hex}`) as SwarmId
}

/** Lower-case hex without leading zeros; `0` for zero. Spec 20 §3.13. */
export function formatSwarmId(id: SwarmId): string {
  return id.toString(16)
}
