import { type BlobFolder } from '../../src/files/blob-folder.ts'
import { type SqlDatabase } from '../../src/store/sql.ts'

/**
 * Kills a program at its nth step: that step and every later one throws, so that nothing more of it reaches the disk or the
 * network. Steps are before and after each commit, and what else says so.
 */
export class Killer {
  /** Commits fail while this is set; the program lives on. */
  isFull = false
  /** Whether each part of a file that is written is a step: of large ones there are too many. */
  readonly #hasParts: boolean
  #left = Infinity
  #isDead = false
  readonly #databases: SqlDatabase[] = []

  constructor({ hasParts = true } = {}) {
    this.#hasParts = hasParts
  }

  /** From now on, so many steps to go. Without it there is no end. */
  arm(steps: number): void {
    this.#left = steps
  }

  get hasKilled(): boolean {
    return this.#isDead
  }

  /** One step. */
  step(): void {
    this.#left -= 1
    if (this.#left <= 0) this.#isDead = true
    this.requireLife()
  }

  requireLife(): void {
    if (this.#isDead) throw new Error('killed')
  }

  /** Steps before and after each transaction, and one in the middle of each: before its commit. */
  wrap(database: SqlDatabase): SqlDatabase {
    this.#databases.push(database)
    return {
      prepare: sql => {
        this.requireLife()
        const statement = database.prepare(sql)
        const alive = <T>(run: () => T): T => {
          this.requireLife()
          return run()
        }
        return {
          all: (...params) => alive(() => statement.all(...params)),
          get: (...params) => alive(() => statement.get(...params)),
          run: (...params) => alive(() => statement.run(...params)),
        }
      },
      exec: sql => {
        this.requireLife()
        if (sql === 'COMMIT') this.step()
        if (sql === 'COMMIT' && this.isFull) throw new Error('disk full')
        database.exec(sql)
        if (sql === 'COMMIT') this.step()
      },
      close: () => {
        database.close()
      },
    }
  }

  /** Steps before and after a file is written; a dead program leaves the beginning of it. */
  wrapBlobs(blobs: BlobFolder): BlobFolder {
    return {
      list: async () => this.#alive(async () => blobs.list()),
      read: async (name, at, length) => this.#alive(async () => blobs.read(name, at, length)),
      remove: async name => this.#alive(async () => blobs.remove(name)),
      write: async (name, pieces) => {
        this.step()
        await blobs.write(name, this.#hasParts ? this.#watched(pieces) : pieces)
        this.step()
      },
    }
  }

  async *#watched(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of pieces) {
      yield piece
      this.step()
    }
  }

  async #alive<T>(run: () => Promise<T>): Promise<T> {
    this.requireLife()
    return run()
  }

  /** What the operating system does with the files of a dead process. An open transaction is undone by that. */
  closeFiles(): void {
    for (const database of this.#databases) database.close()
  }
}
