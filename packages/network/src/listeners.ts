/** Those who want to be told. One that fails does not keep the others from being told; its failure is its own. */
export class Listeners {
  readonly #all = new Set<{ readonly call: () => void }>()

  /** Returns what removes the listener again. */
  add(call: () => void): () => void {
    const entry = { call }
    this.#all.add(entry)
    return () => void this.#all.delete(entry)
  }

  tell(): void {
    for (const { call } of Array.from(this.#all)) {
      try {
        call()
      } catch {
        // Whoever listens reports its own mistakes: the network goes on.
      }
    }
  }
}
