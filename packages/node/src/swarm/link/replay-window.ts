/** How far behind the highest counter a request may come: twice what may be under way on a link. */
const size = 8192

/** Remembers which counters of a session were used, in 1 KiB: each is taken once, and none that is far behind. */
export class ReplayWindow {
  readonly #used = new Uint32Array(size / 32)
  #highest = -1

  /** Whether the counter is new; from then on it is not. */
  take(counter: number): boolean {
    if (counter <= this.#highest - size) return false
    if (counter > this.#highest) this.#moveTo(counter)
    else if (this.#has(counter)) return false
    const at = counter % size
    this.#used[at >> 5] = (this.#used[at >> 5] ?? 0) | (1 << (at & 31))
    return true
  }

  #has(counter: number): boolean {
    const at = counter % size
    return ((this.#used[at >> 5] ?? 0) & (1 << (at & 31))) !== 0
  }

  /** Forgets what falls out of the window, so that its places are free for the new. */
  #moveTo(counter: number): void {
    if (counter - this.#highest >= size) this.#used.fill(0)
    else for (let next = this.#highest + 1; next <= counter; next++) this.#forget(next)
    this.#highest = counter
  }
  #forget(counter: number): void {
    const at = counter % size
    this.#used[at >> 5] = (this.#used[at >> 5] ?? 0) & ~(1 << (at & 31))
  }
}
