/** Why a node does not answer everything. */
export type NodeBlocker = 'starting' | 'stopping' | 'syncing' | 'no-swarm' | 'database-failed'

/** In the words of a 503. Spec 20 §3.1. */
const words: ReadonlyMap<NodeBlocker, string> = new Map([
  ['starting', 'starting'],
  ['stopping', 'shutting down'],
  ['syncing', 'not done syncing'],
  ['no-swarm', 'not in a swarm'],
  ['database-failed', 'the database has failed'],
])

/** A node that has not been compared with its swarm by then answers all the same, ms. Spec 20 §6. */
const longestSyncMs = 3_600_000

/** What readiness depends on. */
export interface ReadinessSources {
  /** Monotonic ms. */
  readonly now: () => number
  /** Whether the node was compared with its swarm since it is in it. */
  readonly isComplete: () => boolean
  readonly hasSwarm: () => boolean
}

/** Whether a node answers. Relaying needs less than storage: nodes without a swarm relay. Spec 20 §6, §7. */
export class Readiness {
  readonly #sources: ReadinessSources
  readonly #startedAt: number
  #phase: 'starting' | 'running' | 'stopping' = 'starting'
  #hasFailed = false

  constructor(sources: ReadinessSources) {
    this.#sources = sources
    this.#startedAt = sources.now()
  }

  /** The node runs from now on. */
  started(): void {
    if (this.#phase === 'starting') this.#phase = 'running'
  }

  /** New requests are not taken any more. */
  stopping(): void {
    this.#phase = 'stopping'
  }

  /** Nothing can be written any more. */
  databaseFailed(): void {
    this.#hasFailed = true
  }

  /** Whether everything is answered. */
  get ready(): boolean {
    return this.reasons.length === 0
  }

  /** What stands in the way of storage. */
  get reasons(): readonly NodeBlocker[] {
    const reasons: NodeBlocker[] = this.#phase === 'running' ? [] : [this.#phase]
    if (this.#hasFailed) reasons.push('database-failed')
    if (!this.#sources.hasSwarm()) reasons.push('no-swarm')
    else if (!this.#isSynced()) reasons.push('syncing')
    return reasons
  }

  /** The same for a client. */
  storageBlockers(): readonly string[] {
    return this.reasons.map(wordsFor)
  }

  /** What stands in the way of relaying. */
  relayBlockers(): readonly string[] {
    return this.#phase === 'running' ? [] : [wordsFor(this.#phase)]
  }

  #isSynced(): boolean {
    return this.#sources.isComplete() || this.#sources.now() - this.#startedAt > longestSyncMs
  }
}

function wordsFor(reason: NodeBlocker): string {
  return words.get(reason) ?? reason
}
