import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { type GuardLimits } from '../limits.ts'
import { type NodeNetworks } from '../paths/node-networks.ts'
import { type SavedHop } from '../state/saved-state.ts'

/** What the pool needs of the rest. */
export interface HopPoolOptions {
  readonly directory: NodeDirectory
  readonly dice: Dice
  readonly networks: NodeNetworks
  readonly limits: GuardLimits
  readonly now: () => number
  /** No second hops, if others can be had. */
  readonly guards: () => readonly NodeId[]
  readonly isAvoided: (id: NodeId) => boolean
  readonly onChange: () => void
}

/**
 * The second hops of this device: few, so that over time few nodes learn which guards it has. Each is kept for the longer of
 * two draws. Spec 70 §5.2.
 */
export class HopPool {
  readonly #options: HopPoolOptions
  #hops: readonly SavedHop[] = []

  constructor(options: HopPoolOptions) {
    this.#options = options
  }

  /** Those that are listed and not avoided. */
  usable(): readonly NodeEntry[] {
    const { directory, isAvoided } = this.#options
    return this.#hops.flatMap(({ id }) => (isAvoided(id) ? [] : (directory.byId(id) ?? [])))
  }

  /** Gives up those that are gone or whose time is over, and chooses others. If none is left that works, all are. */
  maintain(): void {
    const { directory, guards, limits, now, onChange } = this.#options
    const longest = now() + limits.poolMaxLifeMs
    const before = this.#hops
    this.#hops = before.filter(
      ({ id, until }) =>
        until > now() && until <= longest && directory.byId(id) !== undefined && !guards().includes(id),
    )
    if (this.usable().length === 0) this.#hops = []
    while (this.#hops.length < limits.pool && this.#choose());
    if (this.#hops.length !== before.length || this.#hops.some((hop, at) => hop !== before[at])) onChange()
  }

  saved(): readonly SavedHop[] {
    return this.#hops
  }

  restore(hops: readonly SavedHop[]): void {
    this.#hops = hops
  }

  #choose(): boolean {
    const { directory, dice, networks, guards, limits, now, isAvoided } = this.#options
    const taken = [...guards(), ...this.#hops.map(({ id }) => id)]
    const others = taken.flatMap(id => directory.byId(id) ?? [])
    const takenNetworks = networks.keysOf(others)
    const node = dice.pick(
      directory
        .list()
        .nodes.filter(
          each =>
            each.state === 'active' &&
            !taken.includes(each.ed25519) &&
            !isAvoided(each.ed25519) &&
            !takenNetworks.has(networks.keyOf(each)),
        ),
    )
    if (node === undefined) return false
    const draw = (): number => dice.between(limits.poolMinLifeMs, limits.poolMaxLifeMs)
    this.#hops = [...this.#hops, { id: node.ed25519, until: Math.floor(now() + Math.max(draw(), draw())) }]
    return true
  }
}
