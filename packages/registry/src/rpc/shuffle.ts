import { type RandomBytes } from '@sotto/protocol/crypto'

/** The items in random order, every order equally likely (Fisher and Yates). A fresh array. */
export function shuffled<Item>(items: readonly Item[], random: RandomBytes): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = drawBelow(last + 1, random)
    const [a, b] = [result[last], result[chosen]]
    if (a !== undefined && b !== undefined) [result[last], result[chosen]] = [b, a]
  }
  return result
}

/** A number below `count`, which is at most 2^32; draws that would favour some are thrown away. */
function drawBelow(count: number, random: RandomBytes): number {
  const limit = 2 ** 32 - (2 ** 32 % count)
  for (;;) {
    const drawn = random(4).reduce((value, byte) => value * 256 + byte, 0)
    if (drawn < limit) return drawn % count
  }
}
