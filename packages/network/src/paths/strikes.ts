import { type NodeId } from '@sotto/protocol/swarm'
import { type SavedStrikes, stateBounds } from '../state/saved-state.ts'

/** What strikes need of the rest. */
export interface StrikesOptions {
  /** Unix ms of the network. */
  readonly now: () => number
  readonly limit: number
  readonly avoidMs: number
  readonly onChange: () => void
}

/** Failures that point to a node. After a few of them it is avoided for a while. Spec 20 §1.4. */
export class Strikes {
  readonly #options: StrikesOptions
  #entries = new Map<NodeId, SavedStrikes>()

  constructor(options: StrikesOptions) {
    this.#options = options
  }

  /** One more. The node struck longest ago is forgotten when there are too many. */
  add(id: NodeId): void {
    const count = (this.#current(id)?.count ?? 0) + 1
    this.#entries.delete(id)
    this.#entries.set(id, { id, count, at: this.#options.now() })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > stateBounds.strikes && oldest !== undefined) this.#entries.delete(oldest)
    this.#options.onChange()
  }

  /** It did its work. */
  clear(id: NodeId): void {
    if (this.#entries.delete(id)) this.#options.onChange()
  }

  isAvoided(id: NodeId): boolean {
    return (this.#current(id)?.count ?? 0) >= this.#options.limit
  }

  saved(): readonly SavedStrikes[] {
    return [...this.#entries.values()]
  }

  restore(entries: readonly SavedStrikes[]): void {
    this.#entries = new Map(entries.map(entry => [entry.id, entry]))
  }

  /** Old ones do not count; one from the future is one of a wrong clock. */
  #current(id: NodeId): SavedStrikes | undefined {
    const entry = this.#entries.get(id)
    return entry !== undefined && Math.abs(this.#options.now() - entry.at) < this.#options.avoidMs ? entry : undefined
  }
}
