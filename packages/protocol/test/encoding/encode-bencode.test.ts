import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BencodeInput, concatBytes, encodeBencode, latin1Decode } from '../../src/encoding/index.ts'
import { arbitraryBencode } from './arbitrary-bencode.ts'
import { codeOf } from '../coded.ts'

function encode(value: BencodeInput): string {
  return latin1Decode(encodeBencode(value))
}

test.for<[value: BencodeInput, text: string]>([
  [0, 'i0e'],
  [-0, 'i0e'],
  [-7, 'i-7e'],
  [Number.MAX_SAFE_INTEGER, 'i9007199254740991e'],
  [2n ** 64n - 1n, 'i18446744073709551615e'],
  [-(2n ** 63n), 'i-9223372036854775808e'],
  [true, 'i1e'],
  [false, 'i0e'],
  ['', '0:'],
  ['é', '2:Ã©'],
  [Uint8Array.of(0xff), '1:ÿ'],
  [[], 'le'],
  [[1, ['a']], 'li1el1:aee'],
  [new Map(), 'de'],
  [
    new Map([
      ['b', 1],
      ['', 2],
      ['ab', 3],
      ['a', 4],
      ['ÿ', 5],
      ['\u0080', 6],
    ]),
    'd0:i2e1:ai4e2:abi3e1:bi1e1:\u0080i6e1:ÿi5ee',
  ],
  [new Map([['__proto__', new Map([['x', true]])]]), 'd9:__proto__d1:xi1eee'],
])('%o', ([value, text]) => {
  expect(encode(value)).toBe(text)
})

test.for<[value: BencodeInput, code: string]>([
  [0.5, 'bencode.bad-integer'],
  [NaN, 'bencode.bad-integer'],
  [2 ** 53, 'bencode.bad-integer'],
  [2n ** 64n, 'bencode.integer-too-large'],
  [-(2n ** 63n) - 1n, 'bencode.integer-too-large'],
  [new Map([['\u0100', 1]]), 'bencode.bad-key'],
])('refuses %o: %s', ([value, code]) => {
  expect(codeOf(() => encode(value))).toBe(code)
})

test('a list that holds itself is refused', () => {
  const list: BencodeInput[] = []
  list.push(list)
  expect(codeOf(() => encode(list))).toBe('bencode.too-deep')
})

test('the order of a dictionary in memory does not show', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary-ascii', maxLength: 3 }), arbitraryBencode), {
    selector: ([key]) => key,
  })
  fc.assert(
    fc.property(entries, list => {
      expect(encodeBencode(new Map(list))).toEqual(encodeBencode(new Map(list.toReversed())))
    }),
  )
})

test('a list is the parts of its items, of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 700 })), items => {
      const parts = items.map(item => encodeBencode(item))
      expect(encodeBencode(items)).toEqual(concatBytes(Uint8Array.of(0x6c), ...parts, Uint8Array.of(0x65)))
    }),
  )
})
