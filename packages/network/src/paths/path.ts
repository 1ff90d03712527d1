import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type PathFailure, type PathView } from './path-view.ts'

/** Nodes that requests of one isolation class go through. It is only a choice: no node knows of it in advance. */
export class Path {
  readonly isolation: string
  /** The guard first. */
  readonly hops: readonly NodeEntry[]
  /** Unix ms of the network. */
  readonly builtAt: number
  /** Monotonic ms. New requests take another path from then on. */
  readonly expiresAt: number
  /** Failures in a row that nothing explains. */
  strikes = 0
  /** Nobody takes it any more. */
  isRetired = false
  /** Nodes of it that already got their strike: a path gives each only one, so that a liar cannot frame others. Spec 70, X12. */
  readonly struck = new Set<NodeId>()
  #state: PathView['state'] = 'new'
  #failure: PathFailure | undefined

  constructor(parts: Pick<Path, 'isolation' | 'hops' | 'builtAt' | 'expiresAt'>) {
    this.isolation = parts.isolation
    this.hops = parts.hops
    this.builtAt = parts.builtAt
    this.expiresAt = parts.expiresAt
  }

  /** The hop that sees the address of this device. */
  get guard(): NodeEntry | undefined {
    return this.hops[0]
  }

  has(id: NodeId): boolean {
    return this.hops.some(({ ed25519 }) => ed25519 === id)
  }

  /** Something came through. Returns whether that is news. */
  worked(): boolean {
    const isNews = this.#state !== 'working'
    this.strikes = 0
    this.#state = 'working'
    return isNews
  }

  broke(failure: PathFailure): void {
    this.#state = 'failing'
    this.#failure = failure
  }

  view(): PathView {
    const hops = this.hops.map(({ ed25519: id, ip, httpsPort: port }) => ({ id, ip, port }))
    const { isolation, builtAt } = this
    const view = { isolation, hops, state: this.#state, builtAt }
    return this.#failure === undefined ? view : { ...view, failure: this.#failure }
  }
}
