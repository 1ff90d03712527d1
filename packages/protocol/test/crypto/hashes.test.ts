import { argon2id as nobleArgon2id } from '@noble/hashes/argon2.js'
import { blake2b as nobleBlake2b } from '@noble/hashes/blake2.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256, sha512 as nobleSha512 } from '@noble/hashes/sha2.js'
import { sha3_256, shake256 as nobleShake256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import libsession from '../../../../vectors/libsession.json' with { type: 'json' }
import {
  argon2id,
  blake2b,
  blake2bWith,
  createBlake2b,
  createHmacSha256,
  createSha256,
  CryptoError,
  hmacSha256,
  sha256,
  sha3256,
  sha512,
  shake256,
  type Hasher,
} from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { bytesOf, bytesUpTo } from './arbitraries.ts'

const parts = fc.array(bytesUpTo(300), { maxLength: 4 })
const size = fc.integer({ min: 1, max: 64 })

test.for(libsession.hash)('blake2b of $size bytes', ({ size: length, msg, key, hash }) => {
  const options = key === null ? {} : { key: decodeHex(key) }
  expect(encodeHex(blake2bWith(length, options, decodeHex(msg)))).toBe(hash)
})

test('blake2b agrees with noble, whatever the parts', () => {
  fc.assert(
    fc.property(size, parts, (length, pieces) => {
      expect(blake2b(length, ...pieces)).toEqual(nobleBlake2b(concatBytes(...pieces), { dkLen: length }))
    }),
  )
})

test('blake2b with key, salt and personalisation agrees with noble, at once and in pieces', () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 64 })
  fc.assert(
    fc.property(
      size,
      fc.option(key, { nil: undefined }),
      fc.option(bytesOf(16), { nil: undefined }),
      fc.option(bytesOf(16), { nil: undefined }),
      parts,
      (length, k, s, p, pieces) => {
        const options = { ...(k && { key: k }), ...(s && { salt: s }), ...(p && { personalisation: p }) }
        const expected = nobleBlake2b(concatBytes(...pieces), {
          dkLen: length,
          ...(k && { key: k }),
          ...(s && { salt: s }),
          ...(p && { personalization: p }),
        })
        expect(blake2bWith(length, options, ...pieces)).toEqual(expected)
        expect(inPieces(createBlake2b(length, options), pieces)).toEqual(expected)
      },
    ),
  )
})

test('the SHA family agrees with noble', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 200 }), (pieces, length) => {
      const whole = concatBytes(...pieces)
      expect(sha256(...pieces)).toEqual(nobleSha256(whole))
      expect(inPieces(createSha256(), pieces)).toEqual(nobleSha256(whole))
      expect(sha512(...pieces)).toEqual(nobleSha512(whole))
      expect(sha3256(...pieces)).toEqual(sha3_256(whole))
      expect(shake256(length, ...pieces)).toEqual(nobleShake256(whole, { dkLen: length }))
    }),
  )
})

test('HMAC-SHA-256 agrees with noble for keys of every length', () => {
  fc.assert(
    fc.property(bytesUpTo(150), parts, (key, pieces) => {
      const expected = hmac(nobleSha256, key, concatBytes(...pieces))
      expect(hmacSha256(key, ...pieces)).toEqual(expected)
      expect(inPieces(createHmacSha256(key), pieces)).toEqual(expected)
    }),
  )
})

test('Argon2id agrees with noble', () => {
  fc.assert(
    fc.property(bytesUpTo(40), bytesOf(16), fc.integer({ min: 1, max: 3 }), (password, salt, passes) => {
      const expected = nobleArgon2id(password, salt, { t: passes, m: 64, p: 1, dkLen: 32 })
      expect(argon2id(32, password, salt, { passes, memoryBytes: 65_536 })).toEqual(expected)
    }),
    { numRuns: 10 },
  )
})

test.for([
  { passes: 0, memoryBytes: 65_536 },
  { passes: 1.5, memoryBytes: 65_536 },
  { passes: 17, memoryBytes: 65_536 },
  { passes: 1, memoryBytes: 1024 },
  { passes: 1, memoryBytes: 2 ** 31 },
])('Argon2id refuses $passes passes over $memoryBytes bytes', cost => {
  expect(() => argon2id(32, new Uint8Array(0), new Uint8Array(16), cost)).toThrow(
    expect.objectContaining({ code: 'crypto.bad-parameters' }),
  )
})

test('sizes, keys, salts and personalisations of a wrong length are refused', () => {
  for (const length of [0, 65, 1.5, Number.NaN]) {
    expect(() => blake2b(length)).toThrow(CryptoError)
    expect(() => createBlake2b(length)).toThrow(CryptoError)
  }
  expect(() => blake2bWith(32, { key: new Uint8Array(0) })).toThrow(CryptoError)
  expect(() => blake2bWith(32, { key: new Uint8Array(65) })).toThrow(CryptoError)
  expect(() => blake2bWith(32, { personalisation: new Uint8Array(15) })).toThrow(CryptoError)
  expect(() => blake2bWith(32, { salt: new Uint8Array(17) })).toThrow(CryptoError)
})

test('a hash that is finished takes nothing more', () => {
  const ended = expect.objectContaining({ code: 'crypto.stream-ended' })
  for (const hasher of [createSha256(), createHmacSha256(new Uint8Array(3)), createBlake2b(32)]) {
    hasher.finish()
    expect(() => hasher.update(new Uint8Array(1))).toThrow(ended)
    expect(() => hasher.finish()).toThrow(ended)
    hasher.close()
  }
})

test('a hash that is given up takes nothing more, and can be given up again', () => {
  const ended = expect.objectContaining({ code: 'crypto.stream-ended' })
  const personal = createBlake2b(32, { personalisation: new Uint8Array(16) })
  for (const hasher of [createSha256(), createHmacSha256(new Uint8Array(3)), createBlake2b(32), personal]) {
    hasher.update(new Uint8Array(200))
    hasher.close()
    hasher.close()
    expect(() => hasher.update(new Uint8Array(1))).toThrow(ended)
    expect(() => hasher.finish()).toThrow(ended)
  }
})

function inPieces(hasher: Hasher, pieces: readonly Uint8Array[]): Uint8Array {
  for (const piece of pieces) hasher.update(piece)
  return hasher.finish()
}
