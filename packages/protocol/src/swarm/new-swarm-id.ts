import { MAX_SWARM_ID, type SwarmId } from './swarm-id.ts'

/**
 * The id of a new swarm: the middle of the widest gap between neighbours, the first one if several are equal. The gap
 * across the end wins only if it is wider than all others. Spec 20 §2.2.
 * @param existing ascending, without the mark of nodes in no swarm
 */
export function newSwarmId(existing: readonly SwarmId[]): SwarmId {
  const first = existing[0]
  const last = existing.at(-1)
  if (first === undefined || last === undefined) return 0n as SwarmId
  let left: bigint = 0n
  let widest = 0n
  for (const [at, id] of existing.entries()) {
    const next = existing[at + 1]
    const gap = next === undefined ? MAX_SWARM_ID - last + first + 1n : next - id
    if (gap > widest) [left, widest] = [id, gap]
  }
  const half = widest / 2n
  const id = left + half
  return (id > MAX_SWARM_ID ? half - (MAX_SWARM_ID - left) - 1n : id) as SwarmId
}
