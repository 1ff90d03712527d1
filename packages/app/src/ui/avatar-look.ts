import { sha512 } from '@noble/hashes/sha2.js'

const HUES = 7

/** One of seven colours for an id, the same on every device: by 48 bits of the SHA-512 of its ASCII letters. Spec 50 §9.7. */
export function avatarHue(id: string): number {
  const digest = sha512(new TextEncoder().encode(id))
  return digest.subarray(0, 6).reduce((number, byte) => number * 256 + byte, 0) % HUES
}

const wordBreak = /[\s-]+/u
const letterOrDigit = /[\p{L}\p{N}]/u
/** Letters that would be written together, as if they were a word. */
const joining = /\p{Script=Arabic}|\p{Script=Syriac}/u
const zeroWidthNonJoiner = '\u200C'

/**
 * One word gives its first two letters or digits, more words the first characters of the first two; a name that is
 * the id itself, or missing, gives the third character of the id, after its prefix. Spec 50 §9.7.
 */
export function initials(id: string, name?: string): string {
  const shown = (name ?? '').trim()
  if (shown === '' || shown === id) return (id[2] ?? '').toUpperCase()
  const [first = '', second] = shown.split(wordBreak).filter(word => word !== '')
  const letters =
    second === undefined ? firstLetters(first, 2) : [...firstLetters(first, 1), ...firstLetters(second, 1)]
  return letters.join(letters.every(each => joining.test(each)) ? zeroWidthNonJoiner : '').toUpperCase()
}

/** Marks that belong to a letter stay with it; a word of other signs, as emoji, gives its first sign. */
function firstLetters(word: string, count: number): readonly string[] {
  const signs = Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word), part => part.segment)
  const letters = signs.filter(sign => letterOrDigit.test(sign))
  return letters.length > 0 ? letters.slice(0, count) : signs.slice(0, 1)
}
