import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { type SleepingClock } from '../clock/clock.ts'
import { randomBetween } from '../clock/random-number.ts'

/** What came of one step: nothing is left to do, there is more, or it has to be tried again later. */
export type Step = 'done' | 'more' | 'failed'

/** What workers need. */
export interface PeerWorkersParts {
  readonly clock: SleepingClock
  readonly random: RandomBytes
  /** The shortest and the longest wait after a failure, ms. */
  readonly retryMinMs: number
  readonly retryMaxMs: number
  readonly stopped: AbortSignal
  /** One step of the work for a node. */
  readonly step: (node: NodeId) => Promise<Step>
  /** Told of what should not have happened; counts as a failure. */
  readonly onFailure: (cause: unknown) => void
}

/**
 * Work for other nodes, one step after the other for each, all nodes at once. After failures the waits double; a node that
 * was heard of again is tried at once.
 */
export class PeerWorkers {
  readonly #parts: PeerWorkersParts
  readonly #running = new Map<NodeId, Promise<void>>()
  readonly #pauses = new Map<NodeId, AbortController>()

  constructor(parts: PeerWorkersParts) {
    this.#parts = parts
  }

  /** There may be work for a node. */
  wake(node: NodeId): void {
    if (this.#parts.stopped.aborted || this.#running.has(node)) return
    const running = this.#run(node).finally(() => this.#running.delete(node))
    this.#running.set(node, running)
  }

  /** A node answers again: no need to wait any longer. */
  returned(node: NodeId): void {
    this.#pauses.get(node)?.abort()
  }

  /** Ends when no step is under way. The signal must have aborted. */
  async stopped(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #run(node: NodeId): Promise<void> {
    const { retryMinMs, retryMaxMs, random, stopped } = this.#parts
    let wait = retryMinMs
    while (!stopped.aborted) {
      const step = await this.#step(node)
      if (step === 'done') return
      if (step === 'more') wait = retryMinMs
      else {
        await this.#pause(node, randomBetween(random, 0.7 * wait, 1.3 * wait))
        wait = Math.min(2 * wait, retryMaxMs)
      }
    }
  }

  async #step(node: NodeId): Promise<Step> {
    try {
      return await this.#parts.step(node)
    } catch (error) {
      if (!this.#parts.stopped.aborted) this.#parts.onFailure(error)
      return 'failed'
    }
  }

  async #pause(node: NodeId, ms: number): Promise<void> {
    const pause = new AbortController()
    this.#pauses.set(node, pause)
    const stop = (): void => pause.abort()
    this.#parts.stopped.addEventListener('abort', stop)
    try {
      await this.#parts.clock.sleep(ms, pause.signal)
    } catch {
      // The pause is over early: the node is back, or everything stops.
    } finally {
      this.#parts.stopped.removeEventListener('abort', stop)
      this.#pauses.delete(node)
    }
  }
}
