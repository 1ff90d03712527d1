import { type NodeId, type SwarmId, type SwarmOwner, SwarmRing } from '@sotto/protocol/swarm'
import { type ServiceNodeList } from '@sotto/registry'
import { type Clock } from '../../clock/clock.ts'

interface Former {
  readonly ring: SwarmRing
  readonly swarmOf: ReadonlyMap<NodeId, SwarmId>
  /** Monotonic, ms. */
  readonly until: number
}

/** More lists than can follow each other within the time that copies take. */
const maxLists = 16

/**
 * Who served which accounts in the lists before this one: whoever did may bring their messages to those who serve them now.
 * In the time after a start nothing is known of former lists, so every node may.
 */
export class HandoverMemory {
  readonly #clock: Clock
  readonly #keepMs: number
  readonly #startedAt: number
  #former: readonly Former[] = []

  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock
    this.#keepMs = keepMs
    this.#startedAt = clock.monotonic()
  }

  /** A list is no longer in use. */
  remember({ nodes }: ServiceNodeList): void {
    const ring = new SwarmRing(nodes.map(({ swarmId }) => swarmId))
    const swarmOf = new Map(nodes.map(({ ed25519, swarmId }) => [ed25519, swarmId]))
    const until = this.#clock.monotonic() + this.#keepMs
    this.#former = [...this.#living(), { ring, swarmOf, until }].slice(-maxLists)
  }

  /** Whether a node has served an account not long ago. */
  hasServed(node: NodeId, owner: SwarmOwner): boolean {
    if (this.#clock.monotonic() < this.#startedAt + this.#keepMs / 24) return true
    return this.#living().some(({ ring, swarmOf }) => {
      const swarm = swarmOf.get(node)
      return swarm !== undefined && ring.swarmFor(owner) === swarm
    })
  }

  #living(): readonly Former[] {
    const now = this.#clock.monotonic()
    return this.#former.filter(({ until }) => until > now)
  }
}
