import { type SwarmId, UNASSIGNED_SWARM } from './swarm-id.ts'
import { type SwarmOwner } from './swarm-owner.ts'
import { swarmSpace } from './swarm-space.ts'

/**
 * The existing swarms by id, to ask which one serves an account. Sorts once, then answers in logarithmic time.
 * Spec 20 §2.1.
 */
export class SwarmRing {
  /** Ascending, each once, without the mark of nodes in no swarm. */
  readonly ids: readonly SwarmId[]

  /** The ids may come in any order and more than once. */
  constructor(ids: Iterable<SwarmId>) {
    const existing = new Set(ids)
    existing.delete(UNASSIGNED_SWARM)
    this.ids = [...existing].toSorted((a, b) => (a < b ? -1 : 1))
  }

  /** The swarm that serves an account; `undefined` if there is none at all. Spec 20 §2.1. */
  swarmFor(owner: SwarmOwner): SwarmId | undefined {
    return this.nearest(swarmSpace(owner))
  }

  /** The swarm nearest to a place on the ring. A tie goes to the left, across the wrap too. Spec 20 §2.1. */
  nearest(space: bigint): SwarmId | undefined {
    const at = this.#firstFrom(space)
    const right = this.ids[at] ?? this.ids[0]
    const left = this.ids.at(at - 1)
    if (right === undefined || left === undefined) return undefined
    return BigInt.asUintN(64, right - space) < BigInt.asUintN(64, space - left) ? right : left
  }

  /** The index of the first id that is at least `space`; the number of ids if none is. */
  #firstFrom(space: bigint): number {
    let low = 0
    let high = this.ids.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.ids[middle] ?? 0n) < space) low = middle + 1
      else high = middle
    }
    return low
  }
}
