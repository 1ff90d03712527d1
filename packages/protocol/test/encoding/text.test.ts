import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latin1Decode, latin1Encode, utf8Decode, utf8Encode } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

test('UTF-8 decoding undoes encoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(utf8Decode(utf8Encode(text))).toBe(text)
    }),
  )
})

test('a byte order mark stays', () => {
  expect(utf8Decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA')
})

test.for([[0x80], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff], [0x41, 0xc3]])(
  'refuses UTF-8 that is none: %o',
  bytes => expect(codeOf(() => utf8Decode(Uint8Array.from(bytes)))).toBe('encoding.bad-utf8'),
)

test('random bytes decode to a text of the same bytes, or not at all', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
      expect(unlessRefused(() => utf8Encode(utf8Decode(bytes))) ?? bytes).toEqual(bytes)
    }),
  )
})

test('Latin-1 keeps every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(latin1Encode(latin1Decode(bytes))).toEqual(bytes)
    }),
  )
  const long = Uint8Array.from({ length: 300_001 }, (_, at) => at)
  expect(latin1Encode(latin1Decode(long))).toEqual(long)
})

test('Latin-1 has no character past U+00FF', () => {
  expect(latin1Encode('\u00ff')).toEqual(Uint8Array.of(0xff))
  expect(codeOf(() => latin1Encode('a\u0100'))).toBe('encoding.bad-latin1')
})
