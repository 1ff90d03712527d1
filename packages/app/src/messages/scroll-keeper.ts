/** This close to the end counts as the end, in CSS pixels: zoomed pages have fractions. */
const END_SLOP = 12

/** A row that was in sight, and how far below the upper edge. */
interface Held {
  readonly id: string
  readonly offset: number
}

/**
 * Keeps a list where it is while rows come and go around it: it remembers which rows stand where, and puts them back there. At
 * the end it stays at the end. `rows` are the children of `content` with a `data-message`.
 */
export class ScrollKeeper {
  readonly #scroller: HTMLElement
  readonly #content: HTMLElement
  #held: readonly Held[] = []
  #isAtEnd = true

  constructor(scroller: HTMLElement, content: HTMLElement) {
    this.#scroller = scroller
    this.#content = content
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  /** How far it is to both ends of what is there, in screens. */
  get screensToEnds(): { readonly before: number; readonly after: number } {
    const { clientHeight, scrollHeight, scrollTop } = this.#scroller
    const screen = Math.max(1, clientHeight)
    return { before: scrollTop / screen, after: (scrollHeight - scrollTop - clientHeight) / screen }
  }

  /** Remembers where it is: after each scrolling. */
  note(): void {
    const { clientHeight, scrollHeight, scrollTop } = this.#scroller
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight <= END_SLOP
    const first = this.#firstBelow(scrollTop)
    const held: Held[] = []
    for (let at = first; at < this.#content.children.length; at += 1) {
      const row = this.#row(at)
      if (row === undefined || row.offsetTop > scrollTop + clientHeight) break
      const id = row.dataset['message']
      if (id !== undefined) held.push({ id, offset: row.offsetTop - scrollTop })
    }
    this.#held = held
  }

  /** Puts it back after something around it has changed. */
  restore(): void {
    if (this.#isAtEnd) return this.toEnd()
    for (const { id, offset } of this.#held) {
      const row = this.find(id)
      if (row === undefined) continue
      const wanted = row.offsetTop - offset
      if (Math.abs(this.#scroller.scrollTop - wanted) >= 1) this.#scroller.scrollTop = wanted
      return
    }
  }

  toEnd(): void {
    this.#isAtEnd = true
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  toStart(): void {
    this.#scroller.scrollTop = 0
    this.note()
  }

  /** Moves by screens; a little of the last one stays in sight. */
  byScreens(screens: number): void {
    this.#scroller.scrollTop += screens * this.#scroller.clientHeight * 0.9
    this.note()
  }

  /** Shows a row: in the middle, or near the upper edge. Whether it is there. */
  show(id: number, place: 'middle' | 'start'): boolean {
    const row = this.find(String(id))
    if (row === undefined) return false
    const room = this.#scroller.clientHeight
    const above = place === 'start' ? room * 0.2 : Math.max(0, (room - row.offsetHeight) / 2)
    this.#scroller.scrollTop = row.offsetTop - above
    this.note()
    return true
  }

  /** The row of a message, if it is there. */
  find(id: string): HTMLElement | undefined {
    const row = this.#content.querySelector(`:scope > [data-message="${CSS.escape(id)}"]`)
    return row instanceof HTMLElement ? row : undefined
  }

  /** The newest message of which at least half can be seen, or that fills half of the view. */
  newestSeen(): number | undefined {
    const { clientHeight, scrollTop } = this.#scroller
    const end = scrollTop + clientHeight
    for (let at = this.#firstBelow(end - 1); at >= 0; at -= 1) {
      const row = this.#row(at)
      if (row === undefined || row.offsetTop >= end) continue
      const visible = Math.min(end, row.offsetTop + row.offsetHeight) - Math.max(scrollTop, row.offsetTop)
      if (visible >= Math.min(row.offsetHeight, clientHeight) / 2) return Number(row.dataset['message'])
    }
    return undefined
  }

  /** The first row whose end is below a place; rows are in order, so half of them can be left out at each look. */
  #firstBelow(place: number): number {
    let [low, high] = [0, this.#content.children.length - 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = this.#row(middle)
      if (row !== undefined && row.offsetTop + row.offsetHeight > place) high = middle
      else low = middle + 1
    }
    return low
  }

  #row(at: number): HTMLElement | undefined {
    const row = this.#content.children[at]
    return row instanceof HTMLElement ? row : undefined
  }
}
