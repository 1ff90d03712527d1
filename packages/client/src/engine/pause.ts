import { type Clock } from '@sotto/network'

/** Waits that can be cut short from outside, all together. */
export class Pause {
  readonly #clock: Clock
  readonly #stopped: AbortSignal
  readonly #waiting = new Set<AbortController>()

  constructor(clock: Clock, stopped: AbortSignal) {
    this.#clock = clock
    this.#stopped = stopped
  }

  /** Ends after `ms`, or earlier with `end`. Rejects with the reason of the stop as soon as there is one. */
  async wait(ms: number): Promise<void> {
    this.#stopped.throwIfAborted()
    const early = new AbortController()
    this.#waiting.add(early)
    try {
      await this.#clock.sleep(ms, AbortSignal.any([early.signal, this.#stopped]))
    } catch (error) {
      if (!early.signal.aborted || this.#stopped.aborted) throw error
    } finally {
      this.#waiting.delete(early)
    }
  }

  /** Whoever waits goes on. */
  end(): void {
    for (const each of this.#waiting) each.abort()
  }
}
