const firstSize = 1024

/**
 * A set of 64-bit fingerprints, 11 to 21 bytes each, that grows up to a bound. Open addressing over two arrays: no object
 * for each member, so that a million of them do not slow the collector down.
 */
export class FingerprintSet {
  readonly #max: number
  #high = new Uint32Array(firstSize)
  #low = new Uint32Array(firstSize)
  #size = 0

  /** Takes at most `max` fingerprints. */
  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size >= this.#max
  }

  /** Whether it was added. */
  has(high: number, low: number): boolean {
    const at = this.#find(high, low || 1)
    return this.#low[at] !== 0
  }

  /** Adds it, unless it is there or the set is full. */
  add(high: number, low: number): void {
    if (this.isFull) return
    if (4 * (this.#size + 1) > 3 * this.#low.length) this.#grow()
    const at = this.#find(high, low || 1)
    if (this.#low[at] !== 0) return
    this.#high[at] = high
    this.#low[at] = low || 1
    this.#size++
  }

  /** Where it stands, or the free place for it: one whose lower half is zero, which no fingerprint's is here. */
  #find(high: number, low: number): number {
    const mask = this.#low.length - 1
    let at = low & mask
    while (this.#low[at] !== 0 && (this.#low[at] !== low || this.#high[at] !== high)) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low]
    this.#high = new Uint32Array(2 * low.length)
    this.#low = new Uint32Array(2 * low.length)
    for (let from = 0; from < low.length; from++) {
      const value = low[from] ?? 0
      if (value === 0) continue
      const at = this.#find(high[from] ?? 0, value)
      this.#high[at] = high[from] ?? 0
      this.#low[at] = value
    }
  }
}
