import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Whether the process has too much to do. */
export interface Load {
  /** For a while now: work that can be left should be. Spec 21 §6. */
  isOverloaded(): boolean
  /** So much that a new request would wait for a second before anything is done with it. Spec 70 §6.2. */
  isStuck(): boolean
}

const resolutionMs = 20
const checkMs = 1000
const overloadedMs = 100
/** So many checks in a row. */
const overloadedChecks = 5
const stuckMs = 1000

/** Judges the load by how late the timers of the process are. All nodes of a process share one. */
export class EventLoopLoad implements Load {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  #timer: NodeJS.Timeout | undefined
  #overloadedFor = 0
  #delayMs = 0

  /** Begins to look. Does not keep the process alive. */
  start(): void {
    this.#histogram.enable()
    this.#timer = setInterval(() => this.#check(), checkMs).unref()
  }

  /** Ends looking. */
  stop(): void {
    clearInterval(this.#timer)
    this.#histogram.disable()
  }

  isOverloaded(): boolean {
    return this.#overloadedFor >= overloadedChecks
  }

  isStuck(): boolean {
    return this.#delayMs > stuckMs
  }

  #check(): void {
    const mean = this.#histogram.mean / 1e6
    this.#delayMs = Number.isFinite(mean) ? Math.max(0, mean - resolutionMs) : 0
    this.#overloadedFor = this.#delayMs > overloadedMs ? this.#overloadedFor + 1 : 0
    this.#histogram.reset()
  }
}

/** For tests, and where nobody looks. */
export const noLoad: Load = { isOverloaded: () => false, isStuck: () => false }
