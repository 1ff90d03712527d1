import { SwarmRing } from '@sotto/protocol/swarm'
import { type NodeDirectory, type ServiceNodeList } from '@sotto/registry'

/** The ring of all swarms of a list. */
export function ringOfList({ nodes }: ServiceNodeList): SwarmRing {
  return new SwarmRing(nodes.map(({ swarmId }) => swarmId))
}

/** The ring of all swarms of the list in use. */
export function ringOf(directory: NodeDirectory): SwarmRing {
  return ringOfList(directory.list())
}
