import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, encodeHex, utf8Encode } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

test('the length is little-endian and counts the blob only', () => {
  expect(encodeHex(encodeFrame(new Uint8Array(258), utf8Encode('{}'))).slice(0, 8)).toBe('02010000')
})

test('decoding undoes encoding, and a longer rest belongs to the rest', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (blob, rest) => {
      expect(decodeFrame(encodeFrame(blob, rest))).toEqual({ blob, rest })
    }),
  )
})

test('every prefix that cuts the blob is refused', () => {
  const frame = encodeFrame(Uint8Array.of(1, 2, 3), new Uint8Array())
  for (let length = 0; length < frame.length; length++) {
    expect(codeOf(() => decodeFrame(frame.subarray(0, length)))).toBe('frame.truncated')
  }
})

test('a length past the end is refused without reserving memory for it', () => {
  expect(codeOf(() => decodeFrame(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0)))).toBe('frame.truncated')
})

test('random bytes give a frame or a coded error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12, max: 9 }), bytes => {
      const frame = unlessRefused(() => decodeFrame(bytes))
      expect(frame === undefined ? bytes : encodeFrame(frame.blob, frame.rest)).toEqual(bytes)
    }),
  )
})
