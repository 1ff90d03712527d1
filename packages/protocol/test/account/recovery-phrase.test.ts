import { bytesOf, VectorCase } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { AccountSeed, decodeRecoveryPhrase, encodeRecoveryPhrase } from '../../src/account/index.ts'
import { checksumIndex, decodeWords, encodeWords } from '../../src/account/phrase-words.ts'
import { hasChecksum, withChecksum } from '../../src/account/recovery-phrase.ts'
import { wordList } from '../../src/account/word-list.ts'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'
import { hostileText } from './hostile-text.ts'

const good = 'amaze buffet cake entrance symptoms tiger lamb maze nestle python dusted faxed faxed'
const goodSeed = '000102030405060708090a0b0c0d0e0f'

const codes: ReadonlyMap<unknown, string> = new Map([
  ['checksum', 'phrase.bad-checksum'],
  ['unknown-word', 'phrase.invalid-word'],
  ['too-short', 'phrase.too-short'],
  ['too-long', 'phrase.too-long'],
  ['overflow', 'phrase.invalid-value'],
])

test.for(accounts.mnemonicPrefixAndErrors)('known answer: $what', members => {
  const known = new VectorCase(members)
  const phrase = known.text('phrase')
  const error = known.has('error') ? codes.get(known.text('error')) : undefined
  const seed = known.has('seedHex') ? known.hex('seedHex') : undefined
  expect(codeOf(() => decodeRecoveryPhrase(phrase))).toBe(error)
  expect(unlessRefused(() => decodeRecoveryPhrase(phrase))?.expose()).toEqual(seed)
  known.assertAllRead()
})

test('known answer: 32 bytes are 25 words, which no account has', () => {
  const known = new VectorCase(accounts.recovery32)
  const words = encodeWords(known.hex('seedHex'))
  const phrase = known.text('phrase').split(' ')
  expect(withChecksum(words)).toEqual(phrase)
  expect(checksumIndex(words)).toBe(known.number('checksumIndex'))
  expect(hasChecksum(phrase)).toBe(true)
  expect(decodeWords(phrase.slice(0, -1))).toEqual(known.hex('seedHex'))
  expect(codeOf(() => decodeRecoveryPhrase(phrase.join(' ')))).toBe('phrase.too-long')
  known.assertAllRead()
})

test('known answer: 64 bytes are 48 words', () => {
  const { inputHex, words48 } = accounts.wordListPin
  expect(encodeWords(decodeHex(inputHex)).join(' ')).toBe(words48)
  expect(encodeHex(decodeWords(words48.split(' ')))).toBe(inputHex)
})

test('a phrase gives back its seed, however it is written', () => {
  fc.assert(
    fc.property(bytesOf(16), bytes => {
      const phrase = encodeRecoveryPhrase(new AccountSeed(bytes))
      expect(phrase.split(' ')).toHaveLength(13)
      const cut = phrase.split(' ').map(word => word.slice(0, 3).toUpperCase())
      for (const text of [
        phrase,
        `\n ${phrase}\t`,
        phrase.replaceAll(' ', ',\u00a0\u200b'),
        cut.join('  '),
        `"${phrase}."`,
      ]) {
        expect(decodeRecoveryPhrase(text).expose()).toEqual(bytes)
      }
    }),
  )
})

test('a changed word never gives the same seed', () => {
  const change = fc.record({ at: fc.nat(12), word: fc.constantFrom(...wordList) })
  fc.assert(
    fc.property(bytesOf(16), change, (bytes, { at, word }) => {
      const words = encodeRecoveryPhrase(new AccountSeed(bytes)).split(' ')
      fc.pre(words[at] !== word)
      const phrase = words.with(at, word).join(' ')
      const code = codeOf(() => decodeRecoveryPhrase(phrase))
      const codes = at === 12 ? ['phrase.bad-checksum'] : [undefined, 'phrase.bad-checksum', 'phrase.invalid-value']
      expect(codes).toContain(code)
      expect(unlessRefused(() => decodeRecoveryPhrase(phrase))?.expose()).not.toEqual(bytes)
    }),
  )
})

test('every word stands where it belongs', () => {
  for (const [index, word] of wordList.entries()) {
    // A triple a, a, a says a: the differences are zero.
    expect(encodeHex(decodeWords([word, word, word]))).toBe(encodeHex(Uint8Array.of(index & 0xff, index >> 8, 0, 0)))
  }
})

test('says which word is wrong, the first of them, the checksum word included', () => {
  for (let at = 0; at < 13; at++) {
    for (const wrong of ['xxx', 'am', 'a', '123', '___', 'xylophone']) {
      const words = good
        .split(' ')
        .with(at, wrong)
        .with(12, at === 12 ? wrong : 'qqq')
      expect(() => decodeRecoveryPhrase(words.join(' '))).toThrow(
        expect.objectContaining({ code: 'phrase.invalid-word', detail: { position: at + 1 } }),
      )
    }
  }
})

test('of several errors the first in the list of the specification is reported', () => {
  expect(codeOf(() => decodeRecoveryPhrase('qqq qqq'))).toBe('phrase.too-short')
  expect(codeOf(() => decodeRecoveryPhrase('qqq '.repeat(14)))).toBe('phrase.too-long')
  const tooLarge = 'abbey abbey zoom abbey abbey abbey abbey abbey abbey abbey abbey abbey'
  expect(codeOf(() => decodeRecoveryPhrase(`${tooLarge} qqq`))).toBe('phrase.invalid-word')
  expect(codeOf(() => decodeRecoveryPhrase(`${tooLarge} aces`))).toBe('phrase.invalid-value')
})

test.for([
  ['', 'phrase.too-short'],
  ['   ', 'phrase.too-short'],
  ['\u0430\u0431', 'phrase.too-short'],
  [good.split(' ').slice(0, 12).join(' '), 'phrase.too-short'],
  [`${good} faxed`, 'phrase.too-long'],
  [`${good}${' '.repeat(4096)}`, 'phrase.too-long'],
  ['abbey '.repeat(100_000), 'phrase.too-long'],
  [good.replace('amaze', '\u0430maze'), 'phrase.bad-checksum'],
  [good.replace('cake', 'ca\u212ae'), 'phrase.too-long'],
])('refuses %o: %s', ([text = '', code]) => {
  expect(codeOf(() => decodeRecoveryPhrase(text))).toBe(code)
})

test('the good phrase is good up to 4096 characters', () => {
  expect(encodeHex(decodeRecoveryPhrase(good.padEnd(4096)).expose())).toBe(goodSeed)
})

test('letters after the third are never looked at', () => {
  expect(encodeHex(decodeRecoveryPhrase(good.replace('amaze', `ama${'z'.repeat(3000)}`)).expose())).toBe(goodSeed)
})

test('only whole groups of four bytes have words', () => {
  expect(codeOf(() => encodeWords(new Uint8Array(5)))).toBe('encoding.out-of-bounds')
})

test('hostile text gives a seed or a coded error', () => {
  fc.assert(
    fc.property(hostileText, text => {
      const seed = unlessRefused(() => decodeRecoveryPhrase(text))?.expose() ?? new Uint8Array(16)
      expect(seed).toHaveLength(16)
    }),
  )
})
