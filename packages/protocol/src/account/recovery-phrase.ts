import { wipeBytes } from '../crypto/index.ts'
import { AccountSeed } from './account-seed.ts'
import { PhraseError } from './phrase-error.ts'
import { checksumIndex, decodeWords, encodeWords, indexOfWord, prefixOf } from './phrase-words.ts'

const PHRASE_LENGTH = 13

/** Longer than any phrase that a person copies, with room for odd spacing. Spec 70 §6.1. */
const MAX_TEXT_LENGTH = 4096

/** The 13 English words that say a seed, with single spaces. Whoever reads them has the account. Spec 10 §1.3. */
export function encodeRecoveryPhrase(seed: AccountSeed): string {
  return withChecksum(encodeWords(seed.expose())).join(' ')
}

/**
 * Reads a phrase as people write it: upper or lower case, with anything but letters, digits and `_` between the words.
 * The first three letters of a word are enough, and later ones are not looked at. When several errors apply, the order is:
 * number of words, words (the checksum word too), value, checksum. Spec 10 §1.3.
 * @throws {PhraseError} `phrase.too-short`, `phrase.too-long` (also for more than 4096 characters), `phrase.invalid-word`,
 * `phrase.invalid-value`, `phrase.bad-checksum`
 */
export function decodeRecoveryPhrase(text: string): AccountSeed {
  if (text.length > MAX_TEXT_LENGTH) throw new PhraseError('phrase.too-long', { length: text.length })
  const phrase = splitWords(text)
  if (phrase.length < PHRASE_LENGTH) throw new PhraseError('phrase.too-short', { words: phrase.length })
  if (phrase.length > PHRASE_LENGTH) throw new PhraseError('phrase.too-long', { words: phrase.length })
  phrase.forEach(indexOfWord)
  const words = phrase.slice(0, -1)
  const bytes = decodeWords(words)
  if (!hasChecksum(phrase)) throw new PhraseError('phrase.bad-checksum', { words: phrase.length })
  const seed = new AccountSeed(bytes)
  wipeBytes(bytes)
  return seed
}

/** The words and, after them, the one of them that is their checksum. For phrases of any length. */
export function withChecksum(words: readonly string[]): string[] {
  return [...words, words[checksumIndex(words)] ?? '']
}

/** Whether the last word is the checksum of those before it. For phrases of any length. */
export function hasChecksum(phrase: readonly string[]): boolean {
  const words = phrase.slice(0, -1)
  return prefixOf(words[checksumIndex(words)] ?? '') === prefixOf(phrase.at(-1) ?? '')
}

/** First to ASCII, then to lower case: the other way round some other letters would become ASCII ones. */
function splitWords(text: string): string[] {
  return text
    .split(/\W+/)
    .filter(word => word !== '')
    .map(word => word.toLowerCase())
}
