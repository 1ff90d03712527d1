const syllables =
  'ba be bi do du fa fe ga go hi ka ke la le lo ma me mi na no pa po ra re ri sa se so ta te to va'.split(' ')
const vocabulary = 20_000

/** A generator of numbers from 0 to 1, the same ones each time. */
export function seededFractions(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The word of a rank: the lower, the more frequent. All are different. */
export function wordOf(rank: number): string {
  let rest = rank
  let word = ''
  do {
    word += syllables[rest % syllables.length] ?? ''
    rest = Math.floor(rest / syllables.length)
  } while (rest > 0)
  return `${word}${syllables[rank % 7] ?? ''}`
}

/** A text of 4 to 20 words, of which some are frequent and most are rare, as in any language (Zipf). */
export function someText(fraction: () => number): string {
  const count = 4 + Math.floor(fraction() * 17)
  const words = Array.from({ length: count }, () => wordOf(Math.floor(vocabulary ** fraction()) - 1))
  return words.join(' ')
}
