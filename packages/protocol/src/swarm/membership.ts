import { MersenneTwister64 } from './mersenne-twister.ts'
import { type NodeId } from './node-id.ts'
import { newSwarmId } from './new-swarm-id.ts'
import { type SwarmId, UNASSIGNED_SWARM } from './swarm-id.ts'
import { MIN_SWARM_SIZE, type Swarm, SwarmTable } from './swarm-table.ts'
import { drawUniform } from './uniform-draw.ts'

const NEW_SWARM_SIZE = 7
const SPLIT_MARGIN = 2
const FILL_PERCENTILE = 25
const STEAL_PERCENTILE = 75
const REDISTRIBUTE_PERCENTILE = 0

/** Which nodes are in which swarm. Newcomers stand under {@link UNASSIGNED_SWARM}. Spec 20 §2.2. */
export type SwarmLayout<Node> = ReadonlyMap<SwarmId, readonly Node[]>

/**
 * Where every node belongs after the set of active nodes has changed. `seed` is the first 8 bytes of the block hash (or
 * of the entropy of the epoch) as little-endian u64. The order of the lists decides together with the seed, so all who
 * compute must hand in the same; {@link recomputeSwarms} settles it. The ids of the result are ascending. Spec 20 §2.2,
 * with the order of spec 60 §12.6 where swarms are equally large.
 */
export function rearrangeSwarms<Node>(before: SwarmLayout<Node>, seed: bigint): SwarmLayout<Node> {
  const random = new MersenneTwister64(seed)
  const existing = [...before].filter(([id]) => id !== UNASSIGNED_SWARM)
  const table = new SwarmTable(existing.map(([id, members]): Swarm<Node> => ({ id, members: [...members] })))
  if (table.swarms.length === 0) table.add({ id: newSwarmId([]), members: [] })
  for (const node of before.get(UNASSIGNED_SWARM) ?? []) assign(table, node, FILL_PERCENTILE, random)
  rescue(table, random)
  split(table, random)
  dissolve(table, random)
  return new Map(table.swarms.map(({ id, members }) => [id, members]))
}

/**
 * The same with every list in the order of the nodes' ids before the run, as spec 60 §12.6 has it. Takes the swarm of each
 * active node, {@link UNASSIGNED_SWARM} for newcomers, and returns the new ones.
 */
export function recomputeSwarms(current: ReadonlyMap<NodeId, SwarmId>, seed: bigint): ReadonlyMap<NodeId, SwarmId> {
  const ordered = [...current].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const layout = new Map<SwarmId, NodeId[]>()
  for (const [node, swarm] of ordered) {
    const members = layout.get(swarm)
    if (members === undefined) layout.set(swarm, [node])
    else members.push(node)
  }
  const after = rearrangeSwarms(layout, seed)
  return new Map([...after].flatMap(([swarm, members]) => members.map(node => [node, swarm] as const)))
}

/** Step 1: one node joins one of the smaller swarms, then swarms split at once. */
function assign<Node>(table: SwarmTable<Node>, node: Node, percentile: number, random: MersenneTwister64): void {
  const bySize = table.bySize()
  const most = sizeAt(bySize, percentile)
  const candidates = bySize.filter(({ members }) => members.length <= most)
  candidates[drawUniform(random, candidates.length)]?.members.push(node)
  split(table, random)
}

/** Step 2: poor swarms take from rich ones, as long as those have enough to spare. */
function rescue<Node>(table: SwarmTable<Node>, random: MersenneTwister64): void {
  const bySize = table.bySize()
  const threshold = Math.max(MIN_SWARM_SIZE, sizeAt(bySize, STEAL_PERCENTILE) - 1)
  for (const { members } of bySize.filter(swarm => swarm.members.length < MIN_SWARM_SIZE)) {
    while (members.length < MIN_SWARM_SIZE) {
      if (table.excessAbove(threshold) < MIN_SWARM_SIZE - members.length) return
      members.push(table.takeAbove(threshold, random))
    }
  }
}

/** Step 3: while nobody is poor and there is enough to spare, seven nodes found a new swarm. */
function split<Node>(table: SwarmTable<Node>, random: MersenneTwister64): void {
  if (table.firstPoor() !== undefined) return
  while (table.excessAbove(MIN_SWARM_SIZE) >= NEW_SWARM_SIZE + SPLIT_MARGIN * table.swarms.length) {
    const members = Array.from({ length: NEW_SWARM_SIZE }, () => table.takeAbove(MIN_SWARM_SIZE, random))
    table.add({ id: newSwarmId(table.swarms.map(({ id }) => id)), members })
  }
}

/** Step 4: swarms that stayed poor are given up, lowest id first, unless it is the only one. */
function dissolve<Node>(table: SwarmTable<Node>, random: MersenneTwister64): void {
  while (table.swarms.length > 1) {
    const poor = table.firstPoor()
    if (poor === undefined) return
    table.swarms.splice(table.swarms.indexOf(poor), 1)
    for (const node of poor.members) assign(table, node, REDISTRIBUTE_PERCENTILE, random)
  }
}

/** The size at a percentile of the swarms in ascending order; 0 if there are none. */
function sizeAt<Node>(bySize: readonly Swarm<Node>[], percentile: number): number {
  return bySize[Math.floor((percentile * (bySize.length - 1)) / 100)]?.members.length ?? 0
}
