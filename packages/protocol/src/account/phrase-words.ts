import { concatBytes, crc32, encodeUint32LittleEndian, readUint32LittleEndian, utf8Encode } from '../encoding/index.ts'
import { PhraseError } from './phrase-error.ts'
import { wordList } from './word-list.ts'

/** How many letters of a word count. Those after them are for people only. */
const PREFIX_LENGTH = 3

const wordCount = wordList.length
const wordIndexes: ReadonlyMap<string, number> = new Map(wordList.map((word, index) => [prefixOf(word), index]))

/**
 * Three words for each four bytes, without a checksum word. Spec 10 §1.3.
 * @throws {EncodingError} `encoding.out-of-bounds` when the number of bytes is no multiple of 4
 */
export function encodeWords(bytes: Uint8Array): string[] {
  const words: string[] = []
  for (let at = 0; at < bytes.length; at += 4) {
    const value = readUint32LittleEndian(bytes, at)
    const first = value % wordCount
    const second = (Math.floor(value / wordCount) + first) % wordCount
    const third = (Math.floor(value / wordCount ** 2) + second) % wordCount
    for (const index of [first, second, third]) words.push(wordList[index] ?? '')
  }
  return words
}

/**
 * Undoes `encodeWords`. Words may be cut or changed after their third letter; whole triples are read.
 * @throws {PhraseError} `phrase.invalid-word`, `phrase.invalid-value`
 */
export function decodeWords(words: readonly string[]): Uint8Array {
  const indexes = words.map(indexOfWord)
  const values: Uint8Array[] = []
  for (let at = 0; at + 3 <= indexes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = indexes.slice(at, at + 3)
    const value =
      first +
      wordCount * ((wordCount - first + second) % wordCount) +
      wordCount ** 2 * ((wordCount - second + third) % wordCount)
    // 1626^3 is a little more than 2^32, so a few triples stand for nothing.
    if (value >= 2 ** 32) throw new PhraseError('phrase.invalid-value', { words: words.length })
    values.push(encodeUint32LittleEndian(value))
  }
  return concatBytes(...values)
}

/**
 * The word of the list that a word means.
 * @throws {PhraseError} `phrase.invalid-word`
 */
export function indexOfWord(word: string, at: number): number {
  const index = wordIndexes.get(prefixOf(word))
  if (index === undefined) throw new PhraseError('phrase.invalid-word', { position: at + 1 })
  return index
}

/** Which of the words is repeated at the end of a phrase as its checksum: known from the first letters of all. */
export function checksumIndex(words: readonly string[]): number {
  return crc32(utf8Encode(words.map(prefixOf).join(''))) % words.length
}

/** The letters of a word that count. */
export function prefixOf(word: string): string {
  return word.slice(0, PREFIX_LENGTH)
}
