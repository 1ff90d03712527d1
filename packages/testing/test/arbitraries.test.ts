import { ed25519Sign, ed25519Verify, tryXchacha20poly1305Open, xchacha20poly1305Seal } from '@sotto/protocol/crypto'
import { assert, constant, property, sample } from 'fast-check'
import { expect, test } from 'vitest'
import {
  anyBitFlip,
  anyBytes,
  anyEd25519KeyPair,
  anyInput,
  anyNonce12,
  anyNonce24,
  anyPrefix,
  anyRandom,
  anySymmetricKey,
  anyX25519KeyPair,
  hostile,
} from '../src/arbitraries.ts'
import { bombed, flipBit, spliced, truncated } from '../src/mutations.ts'

const good = Uint8Array.from({ length: 40 }, (_, at) => at)

test('a prefix is shorter and the same as far as it goes', () => {
  assert(
    property(anyPrefix(good), prefix => {
      expect(prefix.length).toBeLessThan(good.length)
      expect(prefix).toEqual(good.slice(0, prefix.length))
    }),
  )
})

test('a bit flip differs in one bit', () => {
  assert(
    property(anyBitFlip(good), flipped => {
      const different = good.reduce((sum, byte, at) => sum + bitsOf(byte ^ (flipped[at] ?? 0)), 0)
      expect([flipped.length, different]).toEqual([good.length, 1])
    }),
  )
})

test('hostile bytes leave the good ones alone, and are mostly others', () => {
  const copy = Uint8Array.from(good)
  const made = sample(hostile(good), 300)
  expect(good).toEqual(copy)
  expect(made.filter(each => each.join() !== good.join()).length).toBeGreaterThan(250)
})

test('nothing can be done to no bytes that breaks', () => {
  for (const each of sample(hostile(new Uint8Array(0)), 300)) expect(each).toBeInstanceOf(Uint8Array)
})

test('any input is sometimes empty, sometimes close to a good one', () => {
  const made = sample(anyInput(constant(good)), 300)
  expect(made.some(each => each.length === 0)).toBe(true)
  expect(made.some(each => each.length > 30 && each.subarray(0, 4).join() === '0,1,2,3')).toBe(true)
})

test('mutations by hand', () => {
  expect(truncated(Uint8Array.of(1, 2, 3), 2)).toEqual(Uint8Array.of(1, 2))
  expect(flipBit(Uint8Array.of(0, 0), 9)).toEqual(Uint8Array.of(0, 2))
  expect(flipBit(Uint8Array.of(0), 8)).toEqual(Uint8Array.of(0))
  const splice = { at: 1, remove: 1, insert: Uint8Array.of(8, 9) }
  expect(spliced(Uint8Array.of(1, 2, 3), splice)).toEqual(Uint8Array.of(1, 8, 9, 3))
  expect(bombed(Uint8Array.of(1, 2, 3, 4, 5, 6), { at: 1, kind: 0 })).toEqual(Uint8Array.of(1, 255, 255, 255, 255, 6))
})

test('keys, nonces and sources fit the algorithms', () => {
  assert(
    property(anySymmetricKey(), anyNonce24(), anyBytes(100), (key, nonce, plaintext) => {
      expect(tryXchacha20poly1305Open(key, nonce, xchacha20poly1305Seal(key, nonce, plaintext))).toEqual(plaintext)
    }),
  )
  assert(
    property(anyEd25519KeyPair(), anyBytes(100), (pair, message) => {
      expect(ed25519Verify(pair.publicKey, message, ed25519Sign(pair, message))).toBe(true)
    }),
  )
  assert(
    property(anyX25519KeyPair(), anyNonce12(), anyRandom(), (pair, nonce, random) => {
      expect([pair.publicKey.length, nonce.length, random(5).length]).toEqual([32, 12, 5])
    }),
  )
})

function bitsOf(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length
}
