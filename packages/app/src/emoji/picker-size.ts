/** How many stand in a line. */
export const columns = 8
/** Height of a line of emoji, in rem; the style sheet says the same. */
export const cellRem = 2.375
/** The same of a line with a title. */
export const titleRem = 2

/** CSS pixels of a rem just now: it grows with the zoom. */
export function remPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}
