import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeHex,
  decodeHexOrBase64,
  encodeBase64,
  encodeBase64Unpadded,
  encodeHex,
  tryDecodeHex,
} from '../../src/encoding/index.ts'
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

test('bytes of a known number are read from hex or base64, and nothing else is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 70 }), bytes => {
      const { length } = bytes
      for (const text of [encodeHex(bytes).toUpperCase(), encodeBase64(bytes), encodeBase64Unpadded(bytes)]) {
        expect(decodeHexOrBase64(text, length)).toEqual(bytes)
        expect(decodeHexOrBase64(text, length + 1)).toBeUndefined()
        expect(decodeHexOrBase64(`${text.slice(1)} `, length)).toBeUndefined()
      }
      expect(tryDecodeHex(encodeHex(bytes), length)).toEqual(bytes)
      expect(tryDecodeHex(encodeHex(bytes), length - 1)).toBeUndefined()
      expect(tryDecodeHex(`${encodeHex(bytes).slice(1)}g`, length)).toBeUndefined()
    }),
  )
})

test('random text is no bytes of a known number, or bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, size) => {
      expect(decodeHexOrBase64(text, size)?.length ?? size).toBe(size)
    }),
  )
})
