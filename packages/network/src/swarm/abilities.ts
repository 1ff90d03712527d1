import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type SavedAbility, stateBounds } from '../state/saved-state.ts'

/** What the cache needs of the rest. */
export interface AbilitiesOptions {
  /** Unix ms of the network. */
  readonly now: () => number
  readonly lifeMs: number
  readonly onChange: () => void
}

/** Which nodes can hold a request, where the list does not say or where they did otherwise. Spec 21 §1, §5. */
export class Abilities {
  readonly #options: AbilitiesOptions
  #entries = new Map<NodeId, SavedAbility>()

  constructor(options: AbilitiesOptions) {
    this.#options = options
  }

  /** What was seen counts for a day, and else what the list says. */
  canHold(node: NodeEntry): boolean {
    return this.#current(node)?.canHold ?? node.capabilities.includes(HELD_RETRIEVE_CAPABILITY)
  }

  /** Whether one could learn something by asking. */
  isUnknown(node: NodeEntry): boolean {
    return this.#current(node) === undefined && !node.capabilities.includes(HELD_RETRIEVE_CAPABILITY)
  }

  /** It was seen to hold or to refuse, or said so itself. */
  learn(node: NodeEntry, canHold: boolean): void {
    if (this.#current(node)?.canHold === canHold) return
    const { now, lifeMs, onChange } = this.#options
    this.#entries.delete(node.ed25519)
    const until = Math.round(now() + lifeMs)
    this.#entries.set(node.ed25519, { id: node.ed25519, canHold, version: node.version.join('.'), until })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > stateBounds.abilities && oldest !== undefined) this.#entries.delete(oldest)
    onChange()
  }

  saved(): readonly SavedAbility[] {
    return [...this.#entries.values()]
  }

  restore(entries: readonly SavedAbility[]): void {
    this.#entries = new Map(entries.map(entry => [entry.id, entry]))
  }

  #current({ ed25519, version }: NodeEntry): SavedAbility | undefined {
    const entry = this.#entries.get(ed25519)
    const { now, lifeMs } = this.#options
    const left = entry === undefined ? 0 : entry.until - now()
    return entry?.version === version.join('.') && left > 0 && left <= lifeMs ? entry : undefined
  }
}
