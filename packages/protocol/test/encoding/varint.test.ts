import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  concatBytes,
  decodeHex,
  encodeHex,
  encodeVarint,
  readSafeVarint,
  readVarint,
} from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

const known: readonly [value: bigint, hex: string][] = [
  [0n, '00'],
  [1n, '01'],
  [127n, '7f'],
  [128n, '8001'],
  [150n, '9601'],
  [300n, 'ac02'],
  [2n ** 63n, '80808080808080808001'],
  [2n ** 64n - 1n, 'ffffffffffffffffff01'],
]
test.for(known)('%s is %s', ([value, hex]) => {
  expect(encodeHex(encodeVarint(value))).toBe(hex)
  expect(readVarint(decodeHex(hex))).toEqual({ value, end: hex.length / 2 })
})

test('decoding undoes encoding, wherever it stands', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.uint8Array({ maxLength: 4 }), (value, around) => {
      const encoded = encodeVarint(value)
      const end = around.length + encoded.length
      expect(readVarint(concatBytes(around, encoded, around), around.length)).toEqual({ value, end })
    }),
  )
})

test('every prefix is refused', () => {
  const encoded = encodeVarint(2n ** 64n - 1n)
  for (let length = 0; length < encoded.length; length++) {
    expect(codeOf(() => readVarint(encoded.subarray(0, length)))).toBe('varint.truncated')
  }
})

test('takes longer spellings than needed, up to ten bytes', () => {
  expect(readVarint(decodeHex('80808080808080808000'))).toEqual({ value: 0n, end: 10 })
})

test.for(['ffffffffffffffffff02', 'ffffffffffffffffffff', '8080808080808080808000', 'ff'.repeat(1000)])(
  'refuses bits past the 64th, and more than ten bytes: %s',
  hex => expect(codeOf(() => readVarint(decodeHex(hex)))).toBe('varint.too-large'),
)

test('a safe number stops at 2^53', () => {
  expect(readSafeVarint(encodeVarint(2n ** 53n - 1n)).value).toBe(Number.MAX_SAFE_INTEGER)
  expect(codeOf(() => readSafeVarint(encodeVarint(2n ** 53n)))).toBe('encoding.out-of-range')
})

test.for([-1, 0.5, NaN, 2 ** 53, -1n, 2n ** 64n])('writes no %s', value => {
  expect(codeOf(() => encodeVarint(value))).toBe('encoding.out-of-range')
})

test('random bytes give a number or a coded error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), bytes => {
      const end = unlessRefused(() => readVarint(bytes))?.end ?? 1
      expect(end).toBeGreaterThan(0)
      expect(end).toBeLessThanOrEqual(10)
    }),
  )
})
