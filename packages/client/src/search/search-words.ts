import { foldText } from './fold-text.ts'

/** More words than that are not looked at. */
const MAX_WORDS = 8
/** The index has beginnings of words of these lengths; shorter ones are looked for as whole words. */
const MIN_BEGINNING = 2

/** Letters, digits and what belongs to them: the same that the index takes for words. */
export const wordPattern = /[\p{L}\p{N}\p{Co}\p{M}]+/gu
/** Writing without spaces between words: to the index a whole run of it is one word. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** How to look for what a person typed. */
export type SearchPlan =
  /** In the index: all of the words, or words that begin so. */
  | { readonly kind: 'words'; readonly match: string; readonly words: readonly string[] }
  /** Letter by letter, in what is newest: all of these. */
  | { readonly kind: 'parts'; readonly parts: readonly string[] }
  /** Nothing to look for. */
  | { readonly kind: 'nothing' }

/**
 * Makes sense of a text that a person typed: nothing in it is a sign of the index's own language. Each word may be the beginning
 * of one, so that what is found is refined by what is typed.
 */
export function planSearch(text: string): SearchPlan {
  const found = (text.match(wordPattern) ?? []).slice(0, MAX_WORDS)
  if (found.length === 0) return planSigns(text)
  if (found.some(word => unspaced.test(word))) return { kind: 'parts', parts: found }
  const terms = found.map(word => (isBeginning(word) ? `"${word}"*` : `"${word}"`))
  return { kind: 'words', match: terms.join(' '), words: found.map(foldText) }
}

/** The index knows nothing of emoji and signs. */
function planSigns(text: string): SearchPlan {
  const signs = text.replace(/\p{Cc}/gu, '').trim()
  return signs === '' ? { kind: 'nothing' } : { kind: 'parts', parts: [signs] }
}

/** Whether a word of a text is one of those that were looked for, which are folded. */
export function isFound(word: string, wanted: readonly string[]): boolean {
  const folded = foldText(word)
  return wanted.some(each => isWordOf(folded, each))
}

/** Whether a text has all of these words, which are folded, or words that begin so: what the index would say. */
export function holdsAll(body: string, wanted: readonly string[]): boolean {
  // Folding a text is cheap, and most of those that are read through hold none of them.
  const folded = foldText(body)
  if (!wanted.every(each => folded.includes(each))) return false
  const words = (body.match(wordPattern) ?? []).map(foldText)
  return wanted.every(each => words.some(word => isWordOf(word, each)))
}

/** Whether a word of a text is the one that was looked for, or begins with it. Both are folded. */
export function isWordOf(word: string, wanted: string): boolean {
  return isBeginning(wanted) ? word.startsWith(wanted) : word === wanted
}

function isBeginning(word: string): boolean {
  return word.length >= MIN_BEGINNING
}
