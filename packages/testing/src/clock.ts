/** The part of an `AbortSignal` that a wait needs; a real one fits. */
export interface StopSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface Timer {
  readonly due: number
  readonly fire: () => void
}

/** Enough turns for any chain of promises in these tests between two timers. */
const SETTLING_TURNS = 100

/**
 * A clock that stands still until the test moves it. Implements the clock port of `network` by its shape: `now` is Unix
 * ms and may jump, `monotonic` is ms since the clock was made and only ever rises; waits follow the second.
 */
export class ManualClock {
  #offset: number
  #elapsed = 0
  #timers: readonly Timer[] = []

  /** Starts at `now`, by default in the middle of 2026. */
  constructor(now = 1_782_000_000_000) {
    this.#offset = now
  }

  /** Unix ms. */
  now(): number {
    return this.#offset + this.#elapsed
  }

  /** Ms since the clock was made. */
  monotonic(): number {
    return this.#elapsed
  }

  /** How many waits are not over. */
  get waiting(): number {
    return this.#timers.length
  }

  /** Ends when the clock has been moved `ms` further. Rejects with the signal's reason as soon as that aborts. */
  async sleep(ms: number, signal?: StopSignal): Promise<void> {
    if (signal?.aborted === true) throw signal.reason
    await new Promise<void>((resolve, reject) => {
      const timer: Timer = {
        due: this.#elapsed + Math.max(0, ms),
        fire: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      const stop = (): void => {
        signal?.removeEventListener('abort', stop)
        this.#timers = this.#timers.filter(each => each !== timer)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop)
      this.#timers = [...this.#timers, timer]
    })
  }

  /**
   * Moves time on. Waits end in the order in which they are due, those due together in the order in which they began,
   * and what follows from one has run before the next ends: also waits that begin meanwhile, if they are due in time.
   * Only chains of promises are waited for, not sockets or files.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms
    await settle()
    for (let next = this.#takeDue(end); next !== undefined; next = this.#takeDue(end)) {
      this.#elapsed = Math.max(this.#elapsed, next.due)
      next.fire()
      await settle()
    }
    this.#elapsed = end
  }

  /** Sets the time of day wrong, or right, by `ms`: `now` jumps, waits and `monotonic` do not notice. */
  jump(ms: number): void {
    this.#offset += ms
  }

  #takeDue(end: number): Timer | undefined {
    const due = this.#timers.filter(timer => timer.due <= end)
    const first = due.reduce<Timer | undefined>((best, each) => (best && best.due <= each.due ? best : each), undefined)
    this.#timers = this.#timers.filter(timer => timer !== first)
    return first
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn++) await Promise.resolve()
}
