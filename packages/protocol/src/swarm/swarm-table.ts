import { drawUniform } from './uniform-draw.ts'
import { type MersenneTwister64 } from './mersenne-twister.ts'
import { SwarmError } from './swarm-error.ts'
import { type SwarmId } from './swarm-id.ts'

/** A swarm with fewer members is poor: it is helped or dissolved. What a swarm has above it can be taken. Spec 20 §2.2. */
export const MIN_SWARM_SIZE = 5

/** A swarm while membership is worked out. */
export interface Swarm<Node> {
  readonly id: SwarmId
  readonly members: Node[]
}

/** The swarms while membership is worked out: changed in place, always ascending by id. */
export class SwarmTable<Node> {
  readonly swarms: Swarm<Node>[]

  constructor(swarms: Iterable<Swarm<Node>>) {
    this.swarms = [...swarms].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  add(swarm: Swarm<Node>): void {
    const at = this.swarms.findIndex(({ id }) => id > swarm.id)
    this.swarms.splice(at < 0 ? this.swarms.length : at, 0, swarm)
  }

  /** Ascending by size, then id: the total order of spec 60 §12.6. The sort is stable, so sizes are enough. */
  bySize(): Swarm<Node>[] {
    return this.swarms.toSorted((a, b) => a.members.length - b.members.length)
  }

  /** The poor swarm with the lowest id. */
  firstPoor(): Swarm<Node> | undefined {
    return this.swarms.find(({ members }) => members.length < MIN_SWARM_SIZE)
  }

  /** How many members can be taken from swarms larger than `size` before they become poor. */
  excessAbove(size: number): number {
    return this.#largerThan(size).reduce((sum, { members }) => sum + members.length - MIN_SWARM_SIZE, 0)
  }

  /**
   * Takes one member, each equally likely, out of the swarms larger than `size`; they stand in the order of their ids.
   * There must be one.
   */
  takeAbove(size: number, random: MersenneTwister64): Node {
    const rich = this.#largerThan(size)
    let at = drawUniform(
      random,
      rich.reduce((sum, { members }) => sum + members.length, 0),
    )
    for (const { members } of rich) {
      const [taken] = at < members.length ? members.splice(at, 1) : []
      if (taken !== undefined) return taken
      at -= members.length
    }
    throw new SwarmError('swarm.bad-draw')
  }

  #largerThan(size: number): Swarm<Node>[] {
    return this.swarms.filter(({ members }) => members.length > size)
  }
}
