import { type NodeStore } from '../store/port/node-store.ts'
import { type SleepingClock } from './clock.ts'
import { type SwarmTime } from './swarm-time.ts'

/** What sweeping needs. */
export interface ExpirySweeperParts {
  readonly clock: SleepingClock
  readonly store: NodeStore
  readonly time: SwarmTime
  /** Between two sweeps, ms. */
  readonly everyMs: number
  readonly stopped: AbortSignal
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/** Removes what has expired, as long as this node's clock can be believed. Spec 20 §6, spec 70 §6.5. */
export class ExpirySweeper {
  readonly #parts: ExpirySweeperParts
  #running: Promise<void> = Promise.resolve()

  constructor(parts: ExpirySweeperParts) {
    this.#parts = parts
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Ends when no sweep is under way. The signal must have aborted. */
  async stopped(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock, everyMs, stopped } = this.#parts
    while (!stopped.aborted) {
      try {
        await clock.sleep(everyMs, stopped)
        await this.#sweep()
      } catch (error) {
        if (!stopped.aborted) this.#parts.onFailure(error)
      }
    }
  }

  async #sweep(): Promise<void> {
    const { store, time, clock } = this.#parts
    if (time.mayExpire()) await store.sweep(clock.now())
  }
}
