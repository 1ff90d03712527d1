import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

test('writes two lower-case digits for each byte', () => {
  expect(encodeHex(Uint8Array.of(0, 0x0f, 0xa5, 0xff))).toBe('000fa5ff')
  expect(encodeHex(new Uint8Array())).toBe('')
})

test('decoding undoes encoding, in both cases', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(decodeHex(encodeHex(bytes))).toEqual(bytes)
      expect(decodeHex(encodeHex(bytes).toUpperCase())).toEqual(bytes)
    }),
  )
})

test('refuses an odd number of digits', () => {
  expect(codeOf(() => decodeHex('abc'))).toBe('hex.bad-length')
})

test.for(['0g', 'g0', '0x', ' 0', '0\n', '0/', '0:', '0@', '0`', 'é0', '0\u0130', '\u{1f600}', 'ａａ'])(
  'refuses what is no digit: %o',
  text => expect(codeOf(() => decodeHex(text))).toBe('hex.bad-digit'),
)

test('says where the bad digit stands, also behind characters of several bytes', () => {
  expect(() => decodeHex('00zz')).toThrow(expect.objectContaining({ detail: { at: 2 } }))
  expect(() => decodeHex('000é')).toThrow(expect.objectContaining({ detail: { at: 3 } }))
})

test('random text gives bytes or a coded error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(unlessRefused(() => encodeHex(decodeHex(text))) ?? text.toLowerCase()).toBe(text.toLowerCase())
    }),
  )
})
