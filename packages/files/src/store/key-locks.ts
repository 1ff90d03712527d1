/** One after the other for each name; names do not wait for each other. */
export class KeyLocks {
  readonly #last = new Map<string, Promise<void>>()

  /** Runs when those before it under this name are done, however they ended. */
  async run<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key)
    const result = before === undefined ? run() : before.then(run)
    const done = result.then(ignore, ignore)
    this.#last.set(key, done)
    try {
      return await result
    } finally {
      if (this.#last.get(key) === done) this.#last.delete(key)
    }
  }
}

function ignore(): void {}
