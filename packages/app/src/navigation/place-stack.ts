import { firstPlace, type Place } from './place.ts'

/** Places in the order in which they were gone to; the browser's own history holds only their numbers. */
export class PlaceStack {
  readonly #listeners = new Set<() => void>()
  readonly #history: History
  #places: readonly Place[] = [firstPlace]
  #at = 0

  constructor(history: History, target: EventTarget) {
    this.#history = history
    history.replaceState({ sotto: 0 }, '')
    target.addEventListener('popstate', event => this.#popped((event as PopStateEvent).state))
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
    this.#history.pushState({ sotto: this.#at }, '')
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
    if (previous !== undefined && isWanted(previous)) this.#history.back()
    else this.replace(wanted)
  }

  /** Forgets every place: for another account. */
  readonly reset = (): void => {
    this.#places = [firstPlace]
    this.#at = 0
    this.#history.replaceState({ sotto: 0 }, '')
    this.#tell()
  }

  #popped(state: unknown): void {
    const wanted = typeof state === 'object' && state !== null && 'sotto' in state ? Number(state.sotto) : 0
    const isBack = wanted < this.#at
    this.#at = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), this.#places.length - 1) : 0
    // The history still has what one was only passing: none of it is a place to stop at.
    if (this.get() === this.#places[this.#at - 1]) this.#history.go(isBack ? -1 : 1)
    else this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
