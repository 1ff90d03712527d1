import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Of, bytesOfBase64, bytesOfHex, hexOf } from '../src/text-bytes.ts'

test('known texts', () => {
  expect(base64Of(new TextEncoder().encode('any carnal pleas'))).toBe('YW55IGNhcm5hbCBwbGVhcw==')
  expect(hexOf(Uint8Array.of(0, 0x1f, 0xff))).toBe('001fff')
  const wrong = [bytesOfHex('a'), bytesOfHex('0g'), bytesOfBase64('a'), bytesOfBase64('a-b_')]
  expect(wrong).toEqual([undefined, undefined, undefined, undefined])
})

test('reading undoes writing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
      expect(bytesOfHex(hexOf(bytes))).toEqual(bytes)
      expect(bytesOfBase64(base64Of(bytes))).toEqual(bytes)
      expect(bytesOfBase64(base64Of(bytes).replaceAll('=', ''))).toEqual(bytes)
    }),
  )
})
