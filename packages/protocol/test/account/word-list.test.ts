import mnemonics from '@turtlecoin/mnemonics'
import { VectorCase } from '@sotto/testing'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { prefixOf } from '../../src/account/phrase-words.ts'
import { wordList } from '../../src/account/word-list.ts'
import { sha256 } from '../../src/crypto/index.ts'
import { utf8Encode } from '../../src/encoding/index.ts'

test('known answer: the words are those of every client', () => {
  const known = new VectorCase(accounts.wordListPin)
  expect(wordList).toHaveLength(known.number('count'))
  expect(wordList[0]).toBe(known.text('first'))
  expect(wordList.at(-1)).toBe(known.text('last'))
  expect(sha256(utf8Encode(wordList.join('\n')))).toEqual(known.hex('sha256OfLfJoined'))
  // The words of the input are compared in recovery-phrase.test.ts.
  known.hex('inputHex')
  known.text('words48')
  known.assertAllRead()
})

test('the list is what the package has, from which it was written', () => {
  const { words } = english(mnemonics)
  expect(wordList).toEqual(words)
})

test('three letters tell the words apart', () => {
  expect(new Set(wordList.map(prefixOf)).size).toBe(wordList.length)
  expect(wordList.every(word => /^[a-z]{4,12}$/.test(word))).toBe(true)
})

/** The package is CommonJS; some loaders put its exports below a second `default`, others do not. */
function english(loaded: unknown): { words: readonly string[] } {
  const { default: inner } = loaded as { default?: unknown }
  const { words } = (inner ?? loaded) as { words: { english: { words: readonly string[] } } }
  return words.english
}
