import { type SwarmId, toSwarmId } from '@sotto/protocol/swarm'
import { NetworkError } from './network-error.ts'

const maxNodes = 200
/** Swarms of the network have about as many members, and not fewer than the other number. Spec 20 §2.2. */
const usual = 7
const fewest = 5

/**
 * The swarm of each node: swarms of seven as long as the others still get five, ids spread evenly over all of 64 bits.
 * Twelve nodes in two swarms are 7 + 5, the ids 2^63 apart.
 * @throws {NetworkError} `network.bad-shape`
 */
export function planSwarms(nodes: number, swarms: number): readonly SwarmId[] {
  const whole = Number.isInteger(nodes) && Number.isInteger(swarms)
  if (!whole || nodes < 1 || nodes > maxNodes || swarms < 1 || swarms > nodes) {
    throw new NetworkError('network.bad-shape', { nodes, swarms })
  }
  const least = Math.min(fewest, Math.floor(nodes / swarms))
  const most = Math.max(usual, Math.ceil(nodes / swarms))
  const ids: SwarmId[] = []
  for (let swarm = 0; swarm < swarms; swarm++) {
    const others = swarms - swarm - 1
    const size = others === 0 ? nodes - ids.length : Math.min(most, nodes - ids.length - others * least)
    ids.push(...Array.from({ length: size }, () => idOf(swarm, swarms)))
  }
  return ids
}

function idOf(swarm: number, swarms: number): SwarmId {
  return toSwarmId((BigInt(swarm) << 64n) / BigInt(swarms))
}
