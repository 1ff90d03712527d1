import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Fingerprint, type ReplayStore } from './replay-memory.ts'

const printBytes = 8
/** Fingerprints held back until the next write. */
const maxBuffered = 512
/** A longer file was not written by this program. */
const maxFileBytes = 64 * 1024 * 1024

/**
 * Keeps memories of opened layers in `<folder>/<Unix ms>.seen`, a file for each group, eight bytes for each layer. Written
 * without waiting for the disk, in lots: losing the last few to a crash opens the door to a replay of these few only.
 */
export class ReplayJournal implements ReplayStore {
  readonly #folder: string
  readonly #now: () => number
  readonly #onProblem: (cause: unknown) => void
  #path: string | undefined
  readonly #buffer = new Uint8Array(maxBuffered * printBytes)
  #buffered = 0

  /** `now` is Unix ms. `onProblem` hears of a disk that does not take or give files; the node goes on. */
  constructor(folder: string, now: () => number, onProblem: (cause: unknown) => void) {
    this.#folder = folder
    this.#now = now
    this.#onProblem = onProblem
  }

  load(): readonly { readonly ageMs: number; readonly prints: readonly Fingerprint[] }[] {
    const now = this.#now()
    return (
      this.#files()
        .map(startedAt => ({ ageMs: Math.max(0, now - startedAt), prints: this.#read(startedAt) }))
        // The newest first.
        .toSorted((a, b) => a.ageMs - b.ageMs)
    )
  }

  begin(keepMs: number): void {
    this.flush()
    const now = this.#now()
    this.#guard(() => {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      for (const startedAt of this.#files()) {
        if (now - startedAt >= keepMs) rmSync(this.#pathOf(startedAt), { force: true })
      }
    })
    this.#path = this.#pathOf(now)
  }

  append({ high, low }: Fingerprint): void {
    const view = new DataView(this.#buffer.buffer, this.#buffered * printBytes, printBytes)
    view.setUint32(0, high)
    view.setUint32(4, low)
    this.#buffered++
    if (this.#buffered === maxBuffered) this.flush()
  }

  /** Writes what is held back. To be called every second or so, and at the end. */
  flush(): void {
    const path = this.#path
    if (this.#buffered === 0 || path === undefined) return
    const bytes = this.#buffer.subarray(0, this.#buffered * printBytes)
    this.#guard(() => appendFileSync(path, bytes, { mode: 0o600 }))
    this.#buffered = 0
  }

  #files(): readonly number[] {
    return this.#guard(() => readdirSync(this.#folder), []).flatMap(name => {
      const startedAt = /^(\d{1,15})\.seen$/.exec(name)?.[1]
      return startedAt === undefined ? [] : [Number(startedAt)]
    })
  }

  #read(startedAt: number): readonly Fingerprint[] {
    const bytes = this.#guard(() => readFileSync(this.#pathOf(startedAt)), new Uint8Array())
    if (bytes.length > maxFileBytes) return []
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    return Array.from({ length: Math.floor(bytes.length / printBytes) }, (_, at) => ({
      high: view.getUint32(at * printBytes),
      low: view.getUint32(at * printBytes + 4),
    }))
  }

  #pathOf(startedAt: number): string {
    return join(this.#folder, `${startedAt}.seen`)
  }

  #guard<Value>(work: () => Value, fallback?: Value): Value
  #guard(work: () => unknown, fallback?: unknown): unknown {
    try {
      return work()
    } catch (cause) {
      const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
      if (!isMissing) this.#onProblem(cause)
      return fallback
    }
  }
}
