import { type WatchListener } from './client-api.ts'

/** Where results go. */
export interface WatchOutlet {
  readonly send: (value: unknown) => void
  /** The last word: nothing follows. */
  readonly fail: (error: unknown) => void
}

/**
 * Sends results of one watched query one at a time: the next one only when the last was taken in, and of those that came
 * meanwhile only the newest. However slow the other side is, one result waits for it.
 */
export class WatchAnswers {
  readonly #outlet: WatchOutlet
  #waiting: { readonly value: unknown } | undefined
  #underway = false
  #stopped = false
  #stopSource: (() => void) | undefined

  constructor(outlet: WatchOutlet) {
    this.#outlet = outlet
  }

  /** Begins to listen. The source may answer at once, and may throw. */
  start(source: (listener: WatchListener) => () => void): void {
    try {
      const stop = source({ onResult: value => this.#offer(value), onError: error => this.#fail(error) })
      if (this.#stopped) stop()
      else this.#stopSource = stop
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The other side has dealt with what was sent last. */
  taken(): void {
    this.#underway = false
    const next = this.#waiting
    this.#waiting = undefined
    if (next !== undefined) this.#offer(next.value)
  }

  stop(): void {
    this.#stopped = true
    this.#waiting = undefined
    this.#stopSource?.()
    this.#stopSource = undefined
  }

  #offer(value: unknown): void {
    if (this.#stopped) return
    if (this.#underway) {
      this.#waiting = { value }
      return
    }
    this.#underway = true
    this.#outlet.send(value)
  }

  #fail(error: unknown): void {
    if (this.#stopped) return
    this.stop()
    this.#outlet.fail(error)
  }
}
