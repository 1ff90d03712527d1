import { type SleepingClock } from '../../clock/clock.ts'

/**
 * A wait of about the same length for whoever needs one: those who come within a fifth of it share a timer. A timer for each
 * costs more than what most of them wait for.
 */
export class SharedWait {
  readonly #clock: SleepingClock
  readonly #ms: number
  readonly #stopped: AbortSignal
  #latest: Promise<void> | undefined
  #since = 0

  constructor(clock: SleepingClock, ms: number, stopped: AbortSignal) {
    this.#clock = clock
    this.#ms = ms
    this.#stopped = stopped
  }

  /** Ends after four to five fifths of the time; rejects if everything stops. */
  wait(): Promise<void> {
    const now = this.#clock.monotonic()
    if (this.#latest !== undefined && now - this.#since < this.#ms / 5) return this.#latest
    this.#since = now
    this.#latest = this.#clock.sleep(this.#ms, this.#stopped)
    return this.#latest
  }
}
