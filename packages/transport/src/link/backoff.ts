import { type RandomBytes } from '@sotto/protocol/crypto'
import { type LinkLimits } from './link-limits.ts'

/** When a link may try to connect again. Times are those of a monotonic clock, in ms. */
export class Backoff {
  readonly #limits: Pick<LinkLimits, 'backoffMs' | 'maxBackoffMs'>
  readonly #random: RandomBytes
  #failures = 0
  #until = 0

  constructor(limits: Pick<LinkLimits, 'backoffMs' | 'maxBackoffMs'>, random: RandomBytes) {
    this.#limits = limits
    this.#random = random
  }

  /** How long to wait yet; 0: not at all. */
  remaining(now: number): number {
    return Math.max(0, this.#until - now)
  }

  /** A failure doubles the wait; half of it is random, so that many do not come back at once. */
  fail(now: number): void {
    const { backoffMs, maxBackoffMs } = this.#limits
    const wait = Math.min(maxBackoffMs, backoffMs * 2 ** Math.min(this.#failures, 30))
    const [byte = 0] = this.#random(1)
    this.#failures++
    this.#until = now + wait * (0.5 + byte / 510)
  }

  succeed(): void {
    this.#failures = 0
    this.#until = 0
  }
}
