import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { openLegacyPicture, sealLegacyPicture } from '../../src/attachment/index.ts'
import { nonce12, SymmetricKey } from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'
import { flipBit, sevens } from './sources.ts'

const { keyHex, plaintextHex, blobHex } = accounts.profilePictureLegacy
const key = new SymmetricKey(decodeHex(keyHex))
const blob = decodeHex(blobHex)
const nonce = nonce12(blob.slice(0, 12))

test('the known answer', () => {
  expect(encodeHex(sealLegacyPicture(decodeHex(plaintextHex), key, nonce))).toBe(blobHex)
  expect(encodeHex(openLegacyPicture(blob, key))).toBe(plaintextHex)
})

test('opening undoes sealing, and a flipped bit never opens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), (picture, at) => {
      const sealed = sealLegacyPicture(picture, key, nonce)
      expect(openLegacyPicture(sealed, key)).toEqual(picture)
      expect(codeOf(() => openLegacyPicture(flipBit(sealed, at), key))).toBe('attachment.open-failed')
    }),
  )
})

test('a prefix never opens, nor does what goes on', () => {
  for (let length = 0; length < blob.length; length += 1) {
    const code = length < 28 ? 'attachment.too-short' : 'attachment.open-failed'
    expect(codeOf(() => openLegacyPicture(blob.subarray(0, length), key))).toBe(code)
  }
  const longer = concatBytes(blob, new Uint8Array(1))
  expect(codeOf(() => openLegacyPicture(longer, key))).toBe('attachment.open-failed')
})

test('sizes are limited in both directions', () => {
  const limit = { maxBlobBytes: 100 }
  expect(sealLegacyPicture(sevens(72), key, nonce, limit)).toHaveLength(100)
  expect(codeOf(() => sealLegacyPicture(sevens(73), key, nonce, limit))).toBe('attachment.too-large')
  expect(codeOf(() => openLegacyPicture(sevens(101), key, limit))).toBe('attachment.too-large')
})
