/** Lines that are shown at most before one asks for more. Spec 50 §0. */
const MAX_LINES = 25
/** As many as stand in a line of the narrowest bubble. */
const UNITS_IN_LINE = 16

/** Whether a text may fill more lines than are shown at first. What is certainly short needs no measuring. */
export function mayBeLong(body: string): boolean {
  if (body.length > MAX_LINES * UNITS_IN_LINE) return true
  let breaks = 0
  for (const sign of body) if (sign === '\n') breaks += 1
  return breaks >= MAX_LINES
}
