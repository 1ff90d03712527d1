/** Timers, as the page or a test has them. */
export interface Timers {
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
}

/** Does the last thing that was wished, at most once in a while: the first at once. */
export class Throttle {
  readonly #waitMs: number
  readonly #timers: Timers
  #last = -Infinity
  #wish: (() => void) | undefined
  #cancel: (() => void) | undefined

  constructor(waitMs: number, timers: Timers) {
    this.#waitMs = waitMs
    this.#timers = timers
  }

  /** Takes the place of what was wished before and not done yet. */
  run(wish: () => void): void {
    this.#wish = wish
    if (this.#cancel !== undefined) return
    const left = this.#last + this.#waitMs - this.#timers.now()
    if (left <= 0) this.#do()
    else this.#cancel = this.#timers.after(left, () => this.#do())
  }

  /** Forgets what was wished and not done. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#wish = undefined
  }

  #do(): void {
    const wish = this.#wish
    this.stop()
    this.#last = this.#timers.now()
    wish?.()
  }
}

/** Those of the page. */
export const pageTimers: Timers = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
