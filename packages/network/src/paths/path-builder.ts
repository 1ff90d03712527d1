import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type Dice } from '../dice.ts'
import { type NodeNetworks } from './node-networks.ts'

/** What choosing hops needs of the rest. */
export interface PathBuilderOptions {
  readonly directory: NodeDirectory
  readonly dice: Dice
  readonly networks: NodeNetworks
  /** How many relays. */
  readonly hops: number
  /** All guards, also those that are not used now. */
  readonly guards: () => readonly NodeId[]
  readonly secondHops: () => readonly NodeEntry[]
  readonly isAvoided: (id: NodeId) => boolean
}

/** What a path is for. */
export interface PathPurpose {
  /** Never a hop: a node must not see both ends. */
  readonly destination?: NodeId
  /** The destination's swarm: what one member knows all may know, so neither they nor their networks are hops if possible. */
  readonly swarm?: readonly NodeEntry[]
  /** Rather none of these beyond the guard: one of them may be why another path failed. */
  readonly unlike?: readonly NodeEntry[]
}

/** Chooses the hops of paths. Spec 70 §5.2. */
export class PathBuilder {
  readonly #options: PathBuilderOptions

  constructor(options: PathBuilderOptions) {
    this.#options = options
  }

  /** The second hop comes from the device's pool, later ones are any node. `undefined` if there are too few nodes. */
  build(guard: NodeEntry, purpose: PathPurpose): readonly NodeEntry[] | undefined {
    if (guard.ed25519 === purpose.destination) return undefined
    const hops = [guard]
    while (hops.length < this.#options.hops) {
      const next =
        hops.length === 1 ? (this.#second(hops, purpose) ?? this.#any(hops, purpose)) : this.#any(hops, purpose)
      if (next === undefined) return undefined
      hops.push(next)
    }
    return hops
  }

  /** Whether one hop beyond the guard stands where the destination's swarm does, or where one of the unwanted does. */
  clashes(hops: readonly NodeEntry[], { swarm = [], unlike = [] }: PathPurpose): boolean {
    const near = this.#options.networks.keysOf([...swarm, ...unlike])
    return hops.slice(1).some(hop => near.has(this.#options.networks.keyOf(hop)))
  }

  #second(hops: readonly NodeEntry[], purpose: PathPurpose): NodeEntry | undefined {
    return this.#choose(this.#options.secondHops(), hops, purpose, [])
  }

  /** Rather no guard: nodes that know this device's address should not meet its traffic in other places. */
  #any(hops: readonly NodeEntry[], purpose: PathPurpose): NodeEntry | undefined {
    const { directory, guards, secondHops } = this.#options
    const all = directory.list().nodes.filter(({ state }) => state !== 'decommissioned')
    return this.#choose(all, hops, purpose, [guards(), secondHops().map(({ ed25519 }) => ed25519)])
  }

  /** `rather` are groups of nodes that are taken only if nobody else is left, the first group last. */
  #choose(
    nodes: readonly NodeEntry[],
    hops: readonly NodeEntry[],
    { destination, swarm = [], unlike = [] }: PathPurpose,
    rather: readonly (readonly NodeId[])[],
  ): NodeEntry | undefined {
    const { dice, networks, isAvoided } = this.#options
    const taken = networks.keysOf(hops)
    const near = networks.keysOf(swarm)
    const wishes: readonly ((node: NodeEntry) => boolean)[] = [
      node => !isAvoided(node.ed25519),
      ...rather.map(group => (node: NodeEntry) => !group.includes(node.ed25519)),
      node => !unlike.some(({ ed25519 }) => ed25519 === node.ed25519),
      node => !near.has(networks.keyOf(node)),
    ]
    const allowed = nodes.filter(
      node =>
        node.ed25519 !== destination &&
        !taken.has(networks.keyOf(node)) &&
        !hops.some(({ ed25519 }) => ed25519 === node.ed25519),
    )
    return dice.pick(wishes.reduce<readonly NodeEntry[]>((left, wish) => preferring(left, wish), allowed))
  }
}

/** Those that fit; all, if none does. */
function preferring<Item>(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const fitting = items.filter(item => fits(item))
  return fitting.length > 0 ? fitting : items
}
