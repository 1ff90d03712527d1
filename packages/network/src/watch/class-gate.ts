import { pause } from '../deadline.ts'
import { type Clock } from '../ports/clock.ts'

/**
 * Keeps requests that different classes make on their own apart, so that nobody who sees them begin can tell that they are
 * one device's. Spec 70 §5.4.
 */
export class ClassGate {
  readonly #clock: Clock
  readonly #gapMs: number
  #last: { readonly isolation: string; readonly start: number } | undefined

  constructor(clock: Clock, gapMs: number) {
    this.#clock = clock
    this.#gapMs = gapMs
  }

  /** Ends when a request of this class may begin. Places are given in the order of the calls. */
  async enter(isolation: string, signal: AbortSignal): Promise<void> {
    const now = this.#clock.monotonic()
    const gap = this.#last === undefined || this.#last.isolation === isolation ? 0 : this.#gapMs
    const start = Math.max(now, (this.#last?.start ?? now) + gap)
    this.#last = { isolation, start }
    if (start > now) await pause(this.#clock, start - now, signal)
  }
}
