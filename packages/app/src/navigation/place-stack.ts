import { firstPlace, type Place } from './place.ts'

/** Places in the order in which they were gone to; the browser's own history holds only their numbers. */
export class PlaceStack {
  readonly #listeners = new Set<() => void>()
  readonly #history: History
  #places: readonly Place[] = [firstPlace]
  #at = 0
  /** The browser was asked to go back, and has not said yet that it did. */
  #isReturning = false
  /** The first of those that were gone to since, which the history has to learn. */
  #pushedSince = Infinity

  constructor(history: History) {
    this.#history = history
    history.replaceState({ sotto: 0 }, '')
  }

  /** Follows the buttons of the browser until the function that is given back is called. */
  readonly listen = (target: EventTarget): (() => void) => {
    const follow = (event: Event): void => this.#popped((event as PopStateEvent).state)
    target.addEventListener('popstate', follow)
    return () => target.removeEventListener('popstate', follow)
  }

  readonly get = (): Place => this.#places[this.#at] ?? firstPlace

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Goes somewhere that one can come back from. */
  readonly push = (place: Place): void => {
    this.#places = [...this.#places.slice(0, this.#at + 1), place]
    this.#at = this.#places.length - 1
    if (this.#isReturning) this.#pushedSince = Math.min(this.#pushedSince, this.#at)
    else this.#history.pushState({ sotto: this.#at }, '')
    this.#tell()
  }

  /** Goes where one was on the way to: from there, back leads to where that way began. */
  readonly arrive = (place: Place, isOnTheWay: (passed: Place) => boolean): void => {
    const begin = this.#places.slice(0, this.#at + 1).findLastIndex(passed => !isOnTheWay(passed))
    const start = this.#places[begin]
    if (start !== undefined) this.#places = this.#places.map((each, at) => (at > begin ? start : each))
    this.push(place)
  }

  /** Changes where one is. */
  readonly replace = (place: Place): void => {
    this.#places = this.#places.with(this.#at, place)
    this.#tell()
  }

  /** Goes back to what was before, if that is `wanted`; otherwise that takes the place of where one is. */
  readonly backTo = (wanted: Place, isWanted: (previous: Place) => boolean): void => {
    const previous = this.#places[this.#at - 1]
    if (previous === undefined || !isWanted(previous)) {
      this.replace(wanted)
      return
    }
    const from = this.#at
    // At once: a second press must find what the first one left, or it would go back twice, and out of the app.
    do this.#at -= 1
    while (this.#at > 0 && this.#places[this.#at - 1] === previous)
    this.#tell()
    if (this.#isReturning) return
    this.#isReturning = true
    this.#history.go(this.#at - from)
  }

  #popped(state: unknown): void {
    const number = typeof state === 'object' && state !== null && 'sotto' in state ? Number(state.sotto) : 0
    const wanted = Number.isInteger(number) ? Math.max(number, 0) : 0
    if (this.#isReturning) {
      this.#returned(wanted)
      return
    }
    const isBack = wanted < this.#at
    this.#at = Math.min(wanted, this.#places.length - 1)
    // The history still has what one was only passing: none of it is a place to stop at.
    if (this.get() === this.#places[this.#at - 1]) this.#history.go(isBack ? -1 : 1)
    else this.#tell()
  }

  /** Brings the history to where one is by now: one may have gone on before the browser had come back. */
  #returned(reached: number): void {
    const begin = Math.min(this.#at, this.#pushedSince - 1)
    if (reached > begin) {
      this.#history.go(begin - reached)
      return
    }
    this.#isReturning = false
    if (reached < this.#at && this.#pushedSince === Infinity) {
      // Somebody pressed the browser's own button as well.
      this.#at = reached
      this.#tell()
      return
    }
    this.#pushedSince = Infinity
    for (let number = reached + 1; number <= this.#at; number += 1) this.#history.pushState({ sotto: number }, '')
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
