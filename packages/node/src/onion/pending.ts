/** Counts what is under way in total and for each of some sides, both with a bound. */
export class Pending<Side> {
  readonly #max: number
  readonly #maxPerSide: number
  readonly #sides = new Map<Side, number>()
  #total = 0

  constructor(max: number, maxPerSide: number) {
    this.#max = max
    this.#maxPerSide = maxPerSide
  }

  /** How many are under way. */
  get size(): number {
    return this.#total
  }

  /** Whether one more may begin; then it is counted and must be given back with `end`. */
  begin(side: Side): boolean {
    const count = this.#sides.get(side) ?? 0
    if (this.#total >= this.#max || count >= this.#maxPerSide) return false
    this.#total++
    this.#sides.set(side, count + 1)
    return true
  }

  /** One is over. */
  end(side: Side): void {
    const left = (this.#sides.get(side) ?? 0) - 1
    if (left < 0) return
    this.#total--
    if (left === 0) this.#sides.delete(side)
    else this.#sides.set(side, left)
  }
}
