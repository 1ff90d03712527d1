/** A file that can be shown: its address holds until it is let go. */
export interface LoadedFile {
  readonly blob: Blob
  readonly url: string
}

/** The parts of a browser that are needed. */
export interface FileCachePorts {
  createUrl(blob: Blob): string
  revokeUrl(url: string): void
  /** Does something later. */
  after(ms: number, run: () => void): void
}

/** Somebody's wish to show a file. */
export interface Hold {
  readonly file: Promise<LoadedFile>
  release(): void
}

interface Entry {
  users: number
  /** How often it was let go: tells one time from another. */
  releases: number
  file: Promise<LoadedFile>
  loaded: LoadedFile | undefined
}

/** Files that nobody looks at are kept up to this size, for going back to them. */
const MAX_IDLE_BYTES = 32_000_000
/** And no longer than this: messages disappear, and what they carried with them. */
const MAX_IDLE_MS = 60_000
const MAX_LOADING = 3

/** Files in use by what shows them: each is read once, and its address ends soon after the last one looks away. */
export class FileCache {
  readonly #ports: FileCachePorts
  /** In the order in which they were let go last. */
  readonly #entries = new Map<string, Entry>()
  readonly #waiting: (() => void)[] = []
  #loading = 0

  constructor(ports: FileCachePorts) {
    this.#ports = ports
  }

  /** What is there already. */
  peek(key: string): LoadedFile | undefined {
    return this.#entries.get(key)?.loaded
  }

  /** Reads it if it is not there; to be released. Rejects as `load` does, and then tries again for the next one. */
  hold(key: string, load: () => Promise<Blob>): Hold {
    const entry = this.#entries.get(key) ?? this.#begin(key, load)
    entry.users += 1
    let isHeld = true
    const release = (): void => {
      if (!isHeld) return
      isHeld = false
      entry.users -= 1
      if (entry.users > 0 || this.#entries.get(key) !== entry) return
      this.#entries.delete(key)
      this.#entries.set(key, entry)
      this.#shrink()
      entry.releases += 1
      const { releases } = entry
      this.#ports.after(MAX_IDLE_MS, () => {
        if (entry.users === 0 && entry.releases === releases) this.#drop(key, entry)
      })
    }
    return { file: entry.file, release }
  }

  /** Ends every address. */
  clear(): void {
    for (const [key, entry] of this.#entries) this.#drop(key, entry)
  }

  #begin(key: string, load: () => Promise<Blob>): Entry {
    const entry: Entry = {
      users: 0,
      releases: 0,
      loaded: undefined,
      file: this.#load(key, load, () => entry.users > 0),
    }
    this.#entries.set(key, entry)
    entry.file.then(
      file => this.#arrived(key, entry, file),
      () => this.#entries.get(key) === entry && this.#entries.delete(key),
    )
    return entry
  }

  /** All may have been cleared meanwhile, or nobody wants it any more. */
  #arrived(key: string, entry: Entry, file: LoadedFile): void {
    if (this.#entries.get(key) === entry) entry.loaded = file
    else this.#ports.revokeUrl(file.url)
    this.#shrink()
  }

  async #load(key: string, load: () => Promise<Blob>, isWanted: () => boolean): Promise<LoadedFile> {
    // Whoever ends hands its turn over.
    if (this.#loading >= MAX_LOADING) await new Promise<void>(resolve => this.#waiting.push(resolve))
    else this.#loading += 1
    try {
      // The first user counts itself after this began.
      await Promise.resolve()
      if (!isWanted()) throw new DOMException(key, 'AbortError')
      const blob = await load()
      return { blob, url: this.#ports.createUrl(blob) }
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#loading -= 1
      else next()
    }
  }

  #shrink(): void {
    const idle = [...this.#entries].filter(([, { loaded, users }]) => users === 0 && loaded !== undefined)
    let bytes = idle.reduce((sum, [, { loaded }]) => sum + (loaded?.blob.size ?? 0), 0)
    for (const [key, entry] of idle) {
      if (bytes <= MAX_IDLE_BYTES) return
      bytes -= entry.loaded?.blob.size ?? 0
      this.#drop(key, entry)
    }
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) !== entry) return
    this.#entries.delete(key)
    if (entry.loaded !== undefined) this.#ports.revokeUrl(entry.loaded.url)
  }
}
