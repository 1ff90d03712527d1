import { readUint64BigEndian } from '@sotto/protocol/encoding'
import { type NodeId, type SwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type DirectoryChange, type ServiceNodeList } from '@sotto/registry'
import { type RangeCursor, RANGE_CURSOR_LENGTH, type SpaceRange, toRangeCursor } from '../../store/port/replica.ts'
import { ringOfList } from './directory-ring.ts'
import { overlap, swarmRange } from './swarm-range.ts'

/** A copy for another node that is under way: kept on the disk until the last piece is acknowledged. */
export interface HandoverJob {
  readonly range: SpaceRange
  /** Unix ms. */
  readonly startedAt: number
  readonly after: RangeCursor | undefined
}

const headLength = 24

/** from 8 ‖ to 8 ‖ started at 8 ‖ cursor 49, unless it is at its beginning. Only this node reads it again. */
export function encodeJob({ range, startedAt, after }: HandoverJob): Uint8Array {
  const bytes = new Uint8Array(headLength + (after?.length ?? 0))
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, range.from)
  view.setBigUint64(8, range.to)
  view.setBigUint64(16, BigInt(startedAt))
  if (after !== undefined) bytes.set(after, headLength)
  return bytes
}

/** `undefined` for what was written by another version. */
export function decodeJob(bytes: Uint8Array): HandoverJob | undefined {
  if (bytes.length !== headLength && bytes.length !== headLength + RANGE_CURSOR_LENGTH) return undefined
  return {
    range: { from: readUint64BigEndian(bytes, 0), to: readUint64BigEndian(bytes, 8) },
    startedAt: Number(readUint64BigEndian(bytes, 16)),
    after: toRangeCursor(bytes.slice(headLength)),
  }
}

/**
 * Which nodes this one has to give a copy after a change, and of which part of the ring: those that serve accounts now which this
 * node served before and they did not. If this node has moved while its old swarm lives, the others there see to it.
 * Spec 20 §6.
 */
export function handoversAfter(
  { before, after }: Pick<DirectoryChange, 'before' | 'after'>,
  own: NodeId,
): ReadonlyMap<NodeId, SpaceRange> {
  const oldSwarm = swarmOf(before, own)
  const oldRing = ringOfList(before)
  const ring = ringOfList(after)
  const hasMoved = swarmOf(after, own) !== oldSwarm
  const jobs = new Map<NodeId, SpaceRange>()
  if (oldSwarm === UNASSIGNED_SWARM || (hasMoved && ring.ids.includes(oldSwarm))) return jobs
  const oldRange = swarmRange(oldRing.ids, oldSwarm)
  const oldSwarms = new Map(before.nodes.map(({ ed25519, swarmId }) => [ed25519, swarmId]))
  for (const { ed25519: node, swarmId } of after.nodes) {
    if (node === own || swarmId === UNASSIGNED_SWARM) continue
    const range = swarmRange(ring.ids, swarmId)
    const hasAllSince = oldSwarms.get(node) === swarmId && isSame(range, swarmRange(oldRing.ids, swarmId))
    if (!hasAllSince && overlap(range, oldRange)) jobs.set(node, range)
  }
  return jobs
}

/**
 * Which turn this node has among those that have the same to give to a node: the later ones then find that most is there
 * already. For each receiver another one is the first.
 */
export function turnAmong(members: readonly NodeId[], own: NodeId, receiver: NodeId): number {
  const givers = members.filter(id => id !== receiver).toSorted()
  const first = Number.parseInt(receiver.slice(0, 8), 16) % Math.max(1, givers.length)
  return Math.max(0, (givers.indexOf(own) - first + givers.length) % Math.max(1, givers.length))
}

function swarmOf({ nodes }: ServiceNodeList, id: NodeId): SwarmId {
  return nodes.find(({ ed25519 }) => ed25519 === id)?.swarmId ?? UNASSIGNED_SWARM
}

function isSame(one: SpaceRange, other: SpaceRange): boolean {
  return one.from === other.from && one.to === other.to
}
