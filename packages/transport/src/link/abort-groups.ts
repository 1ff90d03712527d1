/** What ends when a signal aborts. */
export interface Abortable {
  fail(reason: unknown): void
}

/**
 * What waits for which signal, with one listener for each signal. A node has one for all of its requests, and taking one
 * listener of thousands off a signal means to walk past all the others. The listener stays as long as its signal.
 */
export class AbortGroups {
  readonly #groups = new WeakMap<AbortSignal, Set<Abortable>>()

  /** `waiting` fails with the signal's reason when that aborts. */
  add(signal: AbortSignal, waiting: Abortable): void {
    const group = this.#groups.get(signal)
    if (group !== undefined) return void group.add(waiting)
    this.#groups.set(signal, new Set([waiting]))
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  /** It does not wait any more. */
  remove(signal: AbortSignal, waiting: Abortable): void {
    this.#groups.get(signal)?.delete(waiting)
  }

  readonly #abort = ({ target }: Event): void => {
    const signal = target as AbortSignal
    for (const waiting of Array.from(this.#groups.get(signal) ?? [])) waiting.fail(signal.reason)
  }
}
