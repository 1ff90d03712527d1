import { foldText } from './fold-text.ts'
import { isWordOf, wordPattern } from './search-words.ts'

/** The usual constants of BM25: how soon more of a word says no more, and how much the length of a text counts. */
const SATURATION = 1.2
const LENGTH_SHARE = 0.75

/**
 * How much each of some texts is about the words, which are folded: more is better. BM25 among these texts; all of them hold all
 * of the words, so that no word tells them apart by being rare.
 */
export function scoreTexts(bodies: readonly string[], words: readonly string[]): readonly number[] {
  const texts = bodies.map(body => (body.match(wordPattern) ?? []).map(foldText))
  const usualLength = Math.max(1, texts.reduce((sum, text) => sum + text.length, 0) / texts.length)
  return texts.map(text => {
    const damping = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * text.length) / usualLength)
    const counts = words.map(wanted => text.filter(word => isWordOf(word, wanted)).length)
    return counts.reduce((score, count) => score + count / (count + damping), 0)
  })
}
