/** Code points that a message can have. Spec 50 §0. */
export const maxMessageLength = 2000
/** From how many code points before the end the rest is counted. */
const countFrom = 200

/** How many code points are left, or missing if it is less than 0; `undefined` while there is plenty. */
export function countdown(length: number): number | undefined {
  const left = maxMessageLength - length
  return left <= countFrom ? left : undefined
}
