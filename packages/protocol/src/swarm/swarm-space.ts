import { readUint64BigEndian } from '../encoding/index.ts'
import { type SwarmOwner, swarmOwnerBytes } from './swarm-owner.ts'

/**
 * The place of an account on the ring of 2^64: its 32 key bytes without the prefix, read as four big-endian u64 and
 * XORed. May be 2^64 - 1. Spec 20 §2.1.
 */
export function swarmSpace(owner: SwarmOwner): bigint {
  const bytes = swarmOwnerBytes(owner)
  let space = 0n
  for (let at = 1; at < 33; at += 8) space ^= readUint64BigEndian(bytes, at)
  return space
}
