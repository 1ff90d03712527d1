import { type Landing } from '../../store/port/forward.ts'
import { type NodeStore } from '../../store/port/node-store.ts'

/**
 * Tells the store what became of requests on their way, as many at once as came up while it was busy: under load that is one
 * write for dozens of requests. What is lost in a crash counts as not delivered, which is safe.
 */
export class LandingQueue {
  readonly #store: NodeStore
  readonly #onLanded: (landings: readonly Landing[]) => void
  readonly #onFailure: (cause: unknown) => void
  #waiting: Landing[] = []
  #running: Promise<void> | undefined

  constructor(store: NodeStore, onLanded: (landings: readonly Landing[]) => void, onFailure: (cause: unknown) => void) {
    this.#store = store
    this.#onLanded = onLanded
    this.#onFailure = onFailure
  }

  add(landing: Landing): void {
    this.#waiting.push(landing)
    this.#running ??= this.#run()
  }

  /** Ends when nothing waits any more. */
  async drain(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const landings = this.#waiting
        this.#waiting = []
        await this.#store.land(landings)
        this.#onLanded(landings)
      }
    } catch (error) {
      this.#onFailure(error)
    } finally {
      this.#running = undefined
    }
  }
}
