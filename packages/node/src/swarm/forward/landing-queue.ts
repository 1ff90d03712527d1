import { type SleepingClock } from '../../clock/clock.ts'
import { type Landing } from '../../store/port/forward.ts'
import { type NodeStore } from '../../store/port/node-store.ts'

/** What the queue needs. */
export interface LandingQueueParts {
  readonly store: Pick<NodeStore, 'land'>
  readonly clock: SleepingClock
  /** How long what has reached everybody waits for more of its kind, ms. */
  readonly lingerMs: number
  /** Told of what the store knows now. */
  readonly onLanded: (landings: readonly Landing[]) => void
  readonly onFailure: (cause: unknown) => void
}

/**
 * Tells the store what became of requests on their way, many in one write. What somebody did not get is told at once; what has
 * reached everybody waits a moment for company, because it is news only for the next start: what is lost in a crash counts as
 * not delivered, which is safe.
 */
export class LandingQueue {
  readonly #parts: LandingQueueParts
  #waiting: Landing[] = []
  #running: Promise<void> | undefined
  #isUrgent = false
  #isOver = false
  #linger: AbortController | undefined

  constructor(parts: LandingQueueParts) {
    this.#parts = parts
  }

  add(landing: Landing): void {
    this.#waiting.push(landing)
    if (landing.unreached.length > 0) this.#hurry()
    this.#running ??= this.#run()
  }

  /** Ends when nothing waits any more. From now on nothing lingers. */
  async drain(): Promise<void> {
    this.#isOver = true
    this.#hurry()
    await this.#running
  }

  async #run(): Promise<void> {
    const { store, onLanded, onFailure } = this.#parts
    try {
      while (this.#waiting.length > 0) {
        await this.#company()
        const landings = this.#waiting
        this.#waiting = []
        this.#isUrgent = this.#isOver
        await store.land(landings)
        onLanded(landings)
      }
    } catch (error) {
      onFailure(error)
    } finally {
      this.#running = undefined
    }
  }

  async #company(): Promise<void> {
    if (this.#isUrgent) return
    const { clock, lingerMs } = this.#parts
    this.#linger = new AbortController()
    await clock.sleep(lingerMs, this.#linger.signal).catch(() => undefined)
  }

  #hurry(): void {
    this.#isUrgent = true
    this.#linger?.abort()
  }
}
