import { type WatchListener } from '../channel/client-api.ts'
import { type Store, type TrackedAnswer } from '../store/store.ts'

/** A query that is asked again whenever something changes that its last answer was made from. */
export class WatchedQuery {
  readonly #store: Store
  readonly #ask: () => TrackedAnswer<unknown>
  readonly #report: (error: unknown) => void
  #topics: ReadonlySet<string> = new Set()
  #end: (() => void) | undefined
  #stopped = false

  /** `report` is told of what a listener throws: others must not suffer from it. */
  constructor(store: Store, ask: () => TrackedAnswer<unknown>, report: (error: unknown) => void) {
    this.#store = store
    this.#ask = ask
    this.#report = report
  }

  start(listener: WatchListener): void {
    this.#end = this.#store.onChange(changed => {
      if ([...changed].some(topic => this.#topics.has(topic))) this.#answer(listener)
    })
    this.#answer(listener)
  }

  stop(): void {
    this.#stopped = true
    this.#end?.()
  }

  #answer(listener: WatchListener): void {
    if (this.#stopped) return
    let value: unknown
    try {
      const answer = this.#ask()
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
      this.#report(error)
    }
  }
}
