import { type Clock } from '@sotto/network'
import { type WatchListener } from '../channel/client-api.ts'
import { type Store, type TrackedAnswer } from '../store/store.ts'

/** What a watched query is made of. */
export interface WatchedQueryOptions {
  readonly store: Store
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>
  readonly ask: () => TrackedAnswer<unknown>
  /** Told of what a listener throws: others must not suffer from it. */
  readonly report: (error: unknown) => void
}

/** A screen shows no more answers than this apart, in ms. */
const MIN_GAP_MS = 16

/**
 * A query that is asked again whenever something changes that its last answer was made from. In a burst of changes it is asked
 * once in a while: the first change is answered at once, the last one never later than the gap.
 */
export class WatchedQuery {
  readonly #options: WatchedQueryOptions
  readonly #stop = new AbortController()
  #topics: ReadonlySet<string> = new Set()
  #end: (() => void) | undefined
  /** Monotonic ms: when a change was answered last. */
  #answeredAt = Number.NEGATIVE_INFINITY
  #isWaiting = false

  constructor(options: WatchedQueryOptions) {
    this.#options = options
  }

  start(listener: WatchListener): void {
    this.#end = this.#options.store.onChange(changed => {
      if ([...changed].some(topic => this.#topics.has(topic))) void this.#answerSoon(listener)
    })
    this.#answer(listener)
  }

  stop(): void {
    this.#stop.abort()
    this.#end?.()
  }

  /** Whatever else changes meanwhile is part of the same answer. */
  async #answerSoon(listener: WatchListener): Promise<void> {
    if (this.#isWaiting) return
    const { clock } = this.#options
    const waitMs = this.#answeredAt + MIN_GAP_MS - clock.monotonic()
    if (waitMs > 0) {
      this.#isWaiting = true
      await clock.sleep(waitMs, this.#stop.signal).catch(() => undefined)
      this.#isWaiting = false
    }
    this.#answer(listener)
    this.#answeredAt = clock.monotonic()
  }

  #answer(listener: WatchListener): void {
    if (this.#stop.signal.aborted) return
    let value: unknown
    try {
      const answer = this.#options.ask()
      this.#topics = answer.topics
      value = answer.value
    } catch (error) {
      this.stop()
      this.#tell(() => listener.onError?.(error))
      return
    }
    this.#tell(() => {
      listener.onResult(value)
    })
  }

  #tell(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#options.report(error)
    }
  }
}
