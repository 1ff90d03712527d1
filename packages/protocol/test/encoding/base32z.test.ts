import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { decodeBase32z, decodeHex, encodeBase32z } from '../../src/encoding/index.ts'
import { codeOf, unlessRefused } from '../coded.ts'

test.for(network.snode_address)('$what', ({ pubkey, address }) => {
  expect(`${encodeBase32z(decodeHex(pubkey))}.snode`).toBe(address)
  expect(decodeBase32z(address.slice(0, -'.snode'.length))).toEqual(decodeHex(pubkey))
})

test('decoding undoes encoding', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(decodeBase32z(encodeBase32z(bytes))).toEqual(bytes)
    }),
  )
})

test.for(['y', 'yyy', 'yyyyyy', 'y'.repeat(51)])('refuses a length that no bytes give: %o', text => {
  expect(codeOf(() => decodeBase32z(text))).toBe('base32z.bad-length')
})

test.for(['yl', 'v0', '2y', 'Yy', 'y ', 'yé', '\u{1f600}'])('refuses what is no digit: %o', text => {
  expect(codeOf(() => decodeBase32z(text))).toBe('base32z.bad-digit')
})

test('refuses bits that belong to no byte', () => {
  expect(decodeBase32z('yy')).toEqual(Uint8Array.of(0))
  expect(codeOf(() => decodeBase32z('yb'))).toBe('base32z.bad-end')
})

test('random text gives bytes or a coded error, and bytes have one text', () => {
  const digit = fc.constantFrom('y', 'b', 'n', '9', 'o', 'l')
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: digit, maxLength: 9 })), text => {
      expect(unlessRefused(() => encodeBase32z(decodeBase32z(text))) ?? text).toBe(text)
    }),
  )
})
