/** A watched answer. `value` is `undefined` until the first one comes. */
export interface Watched {
  readonly value: unknown
  readonly error: unknown
}

/** Starts a watch; returns what ends it. */
export type StartWatch = (onResult: (value: unknown) => void, onError: (error: unknown) => void) => () => void

interface Entry {
  watched: Watched
  readonly listeners: Set<() => void>
  stop: () => void
  timer: ReturnType<typeof setTimeout> | undefined
}

/** How long an answer that nobody looks at is kept up to date: going back is then immediate. */
const lingerMs = 5000
const nothing: Watched = { value: undefined, error: undefined }

/** Watches each question once, however many views ask it. */
export class WatchCache {
  readonly #entries = new Map<string, Entry>()

  /** The newest answer, the same object until there is another one. */
  peek(key: string): Watched {
    return this.#entries.get(key)?.watched ?? nothing
  }

  /** Follows a question; returns what ends it. */
  subscribe(key: string, start: StartWatch, listener: () => void): () => void {
    const entry = this.#entries.get(key) ?? this.#begin(key, start)
    clearTimeout(entry.timer)
    entry.listeners.add(listener)
    return () => {
      entry.listeners.delete(listener)
      if (entry.listeners.size > 0) return
      entry.timer = setTimeout(() => this.#end(key, entry), lingerMs)
    }
  }

  /** Ends every watch. */
  clear(): void {
    for (const [key, entry] of this.#entries) {
      clearTimeout(entry.timer)
      this.#end(key, entry)
    }
  }

  #begin(key: string, start: StartWatch): Entry {
    const entry: Entry = { watched: nothing, listeners: new Set(), stop: () => undefined, timer: undefined }
    this.#entries.set(key, entry)
    const tell = (watched: Watched): void => {
      entry.watched = watched
      for (const listener of entry.listeners) listener()
    }
    entry.stop = start(
      value => tell({ value, error: undefined }),
      error => tell({ value: entry.watched.value, error }),
    )
    return entry
  }

  #end(key: string, entry: Entry): void {
    entry.stop()
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }
}
