import { type ManualClock } from '@sotto/testing'
import { type SleepingClock } from '../../../src/clock/clock.ts'

/** The clock of one life of a node: set wrong by as much as the test likes, and silent for ever once the node is dead. */
export class SkewedClock implements SleepingClock {
  readonly #clock: ManualClock
  #isDead = false
  /** How far it is ahead of the true time, ms. */
  skewMs: number

  constructor(clock: ManualClock, skewMs: number) {
    this.#clock = clock
    this.skewMs = skewMs
  }

  /** Nothing that waits goes on. */
  die(): void {
    this.#isDead = true
  }

  now(): number {
    return Math.floor(this.#clock.now()) + this.skewMs
  }

  monotonic(): number {
    return this.#clock.monotonic()
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(ms, signal)
    } finally {
      if (this.#isDead) await new Promise<never>(() => {})
    }
  }
}
