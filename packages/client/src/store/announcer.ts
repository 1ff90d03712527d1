/** Told which topics changed. */
export type ChangeListener = (topics: ReadonlySet<string>) => void

/** Tells listeners what changed, in a later turn, and once for all that changed in this one. */
export class Announcer {
  readonly #listeners = new Set<ChangeListener>()
  #pending: Set<string> | undefined

  /** Returns what ends it. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  announce(topics: ReadonlySet<string>): void {
    if (topics.size === 0) return
    if (this.#pending !== undefined) {
      for (const topic of topics) this.#pending.add(topic)
      return
    }
    this.#pending = new Set(topics)
    void this.#tellLater()
  }

  /** Nothing is told from now on. */
  close(): void {
    this.#listeners.clear()
  }

  async #tellLater(): Promise<void> {
    await Promise.resolve()
    const topics = this.#pending ?? new Set()
    this.#pending = undefined
    for (const listener of this.#listeners) listener(topics)
  }
}
