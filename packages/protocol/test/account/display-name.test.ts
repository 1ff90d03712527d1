import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDisplayName, truncateDisplayName } from '../../src/account/index.ts'
import { utf8Encode } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'
import { hostileText } from './hostile-text.ts'

const trimmed = '20 9 a a0 3000 2028 200b 200c 200d 200e 200f 2060 feff'.split(' ')

test.for(trimmed)('trims U+%s at both ends and nowhere else', digits => {
  const character = String.fromCharCode(parseInt(digits, 16))
  const name = `A${character}B`
  expect(parseDisplayName(`${character}${character}${name}${character}`)).toBe(name)
  expect(truncateDisplayName(`${character}${name}${character}${character}`)).toBe(name)
  expect(codeOf(() => parseDisplayName(character))).toBe('name.empty')
  expect(truncateDisplayName(character)).toBeUndefined()
})

test.for(['202e', 'ad', '2061', '0', '180e'])('does not trim U+%s', digits => {
  const character = String.fromCharCode(parseInt(digits, 16))
  expect(parseDisplayName(character)).toBe(character)
})

test('an empty name is none', () => {
  expect(codeOf(() => parseDisplayName(''))).toBe('name.empty')
  expect(truncateDisplayName('')).toBeUndefined()
})

test('100 bytes are enough, and bytes are what counts', () => {
  expect(parseDisplayName('a'.repeat(100))).toHaveLength(100)
  expect(parseDisplayName(` ${'é'.repeat(50)} `)).toHaveLength(50)
  expect(codeOf(() => parseDisplayName('a'.repeat(101)))).toBe('name.too-long')
  expect(codeOf(() => parseDisplayName('é'.repeat(51)))).toBe('name.too-long')
  expect(() => parseDisplayName('👪'.repeat(26))).toThrow(expect.objectContaining({ detail: { sizeBytes: 104 } }))
})

test('cuts between code points, and trims again', () => {
  expect(truncateDisplayName('a'.repeat(101))).toBe('a'.repeat(100))
  expect(truncateDisplayName(`a${'é'.repeat(60)}`)).toBe(`a${'é'.repeat(49)}`)
  expect(truncateDisplayName(`abc${'👪'.repeat(26)}`)).toBe(`abc${'👪'.repeat(24)}`)
  expect(truncateDisplayName(`${'a'.repeat(95)}     b`)).toBe('a'.repeat(95))
  expect(truncateDisplayName(`${'a'.repeat(93)}👨\u200d👩`)).toBe(`${'a'.repeat(93)}👨`)
})

test('a lone surrogate becomes what UTF-8 makes of it', () => {
  expect(parseDisplayName('a\ud800')).toBe('a\ufffd')
  expect(truncateDisplayName('\udc00a')).toBe('\ufffda')
})

test('whatever the text, what comes out is a name, and the two ways agree on names', () => {
  fc.assert(
    fc.property(hostileText, text => {
      const name = truncateDisplayName(text)
      expect(utf8Encode(name ?? '').length).toBeLessThanOrEqual(100)
      expect(unlessRefused(() => parseDisplayName(name ?? ''))).toBe(name)
      expect(unlessRefused(() => parseDisplayName(text)) ?? name).toBe(name)
      expect(codeOf(() => parseDisplayName(text)) === 'name.empty').toBe(name === undefined)
    }),
  )
})

test('a long run of spaces inside a name costs no more than other characters', () => {
  const text = `a${' '.repeat(1_000_000)}b`
  expect(codeOf(() => parseDisplayName(text))).toBe('name.too-long')
  expect(truncateDisplayName(text)).toBe('a')
})
