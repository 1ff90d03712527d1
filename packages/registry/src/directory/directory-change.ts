import { type SwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type NodeEntry } from '../node-entry.ts'
import { type ServiceNodeList } from '../service-node-list.ts'

/** A node that serves another swarm than before, or one and formerly none, or the other way round. */
export interface MovedNode {
  readonly node: NodeEntry
  /** `unassignedSwarm`: it served none. */
  readonly from: SwarmId
}

/** What differs between two lists. */
export interface DirectoryChange {
  readonly before: ServiceNodeList
  readonly after: ServiceNodeList
  /** New in the list. */
  readonly added: readonly NodeEntry[]
  /** No longer in the list; as they were. */
  readonly removed: readonly NodeEntry[]
  readonly moved: readonly MovedNode[]
  /** Same node, same swarm, but another address, state, version or capabilities; as they are now. */
  readonly changed: readonly NodeEntry[]
  readonly newSwarms: readonly SwarmId[]
  readonly lostSwarms: readonly SwarmId[]
}

/** Works out what a node must react to when lists change. Spec 20 §6, swarm changes. */
export function compareLists(before: ServiceNodeList, after: ServiceNodeList): DirectoryChange {
  const old = new Map(before.nodes.map(node => [node.ed25519, node]))
  const now = new Set(after.nodes.map(({ ed25519 }) => ed25519))
  const added: NodeEntry[] = []
  const moved: MovedNode[] = []
  const changed: NodeEntry[] = []
  for (const node of after.nodes) {
    const was = old.get(node.ed25519)
    if (was === undefined) added.push(node)
    else if (was.swarmId !== node.swarmId) moved.push({ node, from: was.swarmId })
    else if (isDifferent(was, node)) changed.push(node)
  }
  const [oldSwarms, swarms] = [swarmIds(before), swarmIds(after)]
  return {
    before,
    after,
    added,
    removed: before.nodes.filter(({ ed25519 }) => !now.has(ed25519)),
    moved,
    changed,
    newSwarms: [...swarms].filter(id => !oldSwarms.has(id)),
    lostSwarms: [...oldSwarms].filter(id => !swarms.has(id)),
  }
}

function swarmIds({ nodes }: ServiceNodeList): Set<SwarmId> {
  const ids = new Set(nodes.map(({ swarmId }) => swarmId))
  ids.delete(UNASSIGNED_SWARM)
  return ids
}

function isDifferent(a: NodeEntry, b: NodeEntry): boolean {
  return described(a) !== described(b)
}

function described({ ip, httpsPort, omqPort, quicPort, state, version, capabilities }: NodeEntry): string {
  return JSON.stringify([ip, httpsPort, omqPort, quicPort, state, version, capabilities])
}
