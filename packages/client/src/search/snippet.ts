/** A piece of a text, and whether it is what was looked for. */
export interface SnippetPart {
  readonly text: string
  readonly isMatch: boolean
}

/** Where something stands in a text, in UTF-16 units. */
export interface Place {
  readonly start: number
  readonly length: number
}

/** About as many units as fit into two lines, and how many of them stand before the first match. */
const MAX_UNITS = 160
const BEFORE_UNITS = 40

/** The surroundings of the first place in a text; all places in them are marked. `places` are in order. */
export function snippetAround(body: string, places: Iterable<Place>): readonly SnippetPart[] {
  const parts: SnippetPart[] = []
  let at = 0
  let end = MAX_UNITS
  const add = (text: string, isMatch: boolean): void => {
    if (text !== '') parts.push({ text: text.toWellFormed(), isMatch })
  }
  for (const { start, length } of places) {
    if (parts.length === 0 && start > BEFORE_UNITS) {
      at = start - BEFORE_UNITS
      end = at + MAX_UNITS
      add('…', false)
    }
    if (start >= end) break
    add(body.slice(at, start), false)
    at = start + length
    add(body.slice(start, at), true)
  }
  add(body.slice(at, Math.max(at, end)), false)
  if (Math.max(at, end) < body.length) add('…', false)
  return parts
}
