import { setImmediate } from 'node:timers/promises'
import { type FileClock } from './file-clock.ts'
import { type CleaningLimits } from './limits.ts'
import { type FileStore } from './store/file-store.ts'

/** What cleaning needs. */
export interface CleanerParts {
  readonly store: Pick<FileStore, 'removeExpired'>
  readonly clock: FileClock
  readonly limits: CleaningLimits
  readonly stopped: AbortSignal
  readonly onRemoved: (files: number) => void
  readonly onFailure: (cause: unknown) => void
}

/** Removes what has expired, every 15 seconds, a batch at a time. Spec 40 §8.2. */
export class Cleaner {
  readonly #parts: CleanerParts
  #running: Promise<void> = Promise.resolve()

  constructor(parts: CleanerParts) {
    this.#parts = parts
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Ends when nothing is being removed. The signal must have aborted. */
  async ended(): Promise<void> {
    await this.#running
  }

  /** Removes all that has expired by now. */
  async clean(): Promise<void> {
    const { store, limits, stopped, onRemoved } = this.#parts
    while (!stopped.aborted) {
      const removed = await store.removeExpired(limits.batch)
      onRemoved(removed)
      if (removed < limits.batch) return
      // Requests have their turn between two batches.
      await setImmediate()
    }
  }

  async #run(): Promise<void> {
    const { clock, limits, stopped, onFailure } = this.#parts
    while (!stopped.aborted) {
      try {
        await clock.sleep(limits.everyMs, stopped)
        await this.clean()
      } catch (error) {
        if (!stopped.aborted) onFailure(error)
      }
    }
  }
}
