/** Those who want to be told. Each is told, even if another one fails; the first failure is thrown at the end. */
export class Listeners<Event> {
  readonly #all = new Set<{ readonly call: (event: Event) => void }>()

  /** Returns what removes the listener again. A function that is added twice is called twice. */
  add(call: (event: Event) => void): () => void {
    const entry = { call }
    this.#all.add(entry)
    return () => void this.#all.delete(entry)
  }

  tell(event: Event): void {
    const failures: unknown[] = []
    for (const { call } of Array.from(this.#all)) {
      try {
        call(event)
      } catch (failure) {
        failures.push(failure)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
