import { type SwarmId } from '@sotto/protocol/swarm'
import { type SpaceRange, wholeRing } from '../../store/port/replica.ts'

/**
 * The places on the ring of the accounts that a swarm serves: from the middle to its left neighbour, that place left out, to the
 * middle to its right neighbour, because ties go to the left. `ids` are ascending and hold the swarm. Spec 20 §2.1.
 */
export function swarmRange(ids: readonly SwarmId[], id: SwarmId): SpaceRange {
  const at = ids.indexOf(id)
  const left = ids.at(at - 1) ?? id
  const right = ids[at + 1] ?? ids[0] ?? id
  if (left === id) return wholeRing
  return { from: place(left + place(id - left) / 2n + 1n), to: place(id + place(right - id) / 2n) }
}

/** All other places on the ring; `undefined` if there are none. */
export function complement({ from, to }: SpaceRange): SpaceRange | undefined {
  const [first, last] = [place(to + 1n), place(from - 1n)]
  return first === from ? undefined : { from: first, to: last }
}

/** Whether two ranges have a place in common. */
export function overlap(one: SpaceRange, other: SpaceRange): boolean {
  return isIn(one.from, other) || isIn(other.from, one)
}

/** The range in at most `count` parts, each about as long as the others. */
export function splitRange({ from, to }: SpaceRange, count: number): readonly SpaceRange[] {
  const length = place(to - from) + 1n
  const parts = length < BigInt(count) ? length : BigInt(count)
  return Array.from({ length: Number(parts) }, (_, at) => ({
    from: place(from + (length * BigInt(at)) / parts),
    to: place(from + (length * BigInt(at + 1)) / parts - 1n),
  }))
}

function isIn(space: bigint, { from, to }: SpaceRange): boolean {
  return place(space - from) <= place(to - from)
}

function place(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}
