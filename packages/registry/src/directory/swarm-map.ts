import { readUint64BigEndian } from '@sotto/protocol/encoding'
import { type NodeId, type SwarmId, type SwarmOwner, SwarmRing, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type NodeEntry } from '../node-entry.ts'

/** The nodes that keep the same accounts' messages. */
export interface Swarm {
  readonly swarmId: SwarmId
  /** In the order of the list. Never empty. */
  readonly members: readonly NodeEntry[]
}

/** The nodes of one list by id and by swarm. Built once for each list, then answers without searching. */
export class SwarmMap {
  readonly #nodes: ReadonlyMap<string, NodeEntry>
  readonly #swarms: ReadonlyMap<SwarmId, Swarm>
  readonly #ring: SwarmRing

  constructor(nodes: readonly NodeEntry[]) {
    this.#nodes = new Map(nodes.map(node => [node.ed25519, node]))
    const serving = nodes.filter(({ swarmId }) => swarmId !== UNASSIGNED_SWARM)
    const groups = Map.groupBy(serving, ({ swarmId }) => swarmId)
    this.#swarms = new Map(Array.from(groups, ([swarmId, members]) => [swarmId, { swarmId, members }]))
    this.#ring = new SwarmRing(this.#swarms.keys())
  }

  /** All swarms by id, in no particular order. */
  get swarms(): ReadonlyMap<SwarmId, Swarm> {
    return this.#swarms
  }

  /** The node of this id. */
  byId(id: NodeId): NodeEntry | undefined {
    return this.#nodes.get(id)
  }

  /** The swarm that serves an account; see `NodeDirectory.swarmOf`. */
  swarmOf(account: SwarmOwner | Uint8Array): Swarm | undefined {
    const id = typeof account === 'string' ? this.#ring.swarmFor(account) : this.#ring.nearest(placeOf(account))
    return id === undefined ? undefined : this.#swarms.get(id)
  }
}

/** The last 32 bytes as four big-endian u64, XORed. Spec 20 §2.1. */
function placeOf(account: Uint8Array): bigint {
  let place = 0n
  for (let at = account.length - 32; at < account.length; at += 8) place ^= readUint64BigEndian(account, at)
  return place
}
