import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aes256gcmSeal,
  aes256gcmSealInPlace,
  CryptoError,
  nonce12,
  nonce24,
  SymmetricKey,
  xchacha20poly1305Seal,
  xchacha20poly1305SealInPlace,
} from '../../src/crypto/index.ts'
import { arbitraryNonce12, arbitraryNonce24, bytesUpTo, symmetricKey } from './arbitraries.ts'

/** The plaintext and 16 bytes of something, inside a larger array whose other bytes must stay. */
function roomFor(plaintext: Uint8Array): { readonly whole: Uint8Array; readonly buffer: Uint8Array } {
  const whole = new Uint8Array(plaintext.length + 16 + 6).fill(0xee)
  const buffer = whole.subarray(3, -3)
  buffer.set(plaintext)
  return { whole, buffer }
}

test('sealing in place gives what sealing gives, and touches nothing around it', () => {
  fc.assert(
    fc.property(symmetricKey, arbitraryNonce12, arbitraryNonce24, bytesUpTo(500), (key, short, long, plaintext) => {
      for (const [seal, expected] of [
        [(buffer: Uint8Array) => aes256gcmSealInPlace(key, short, buffer), aes256gcmSeal(key, short, plaintext)],
        [
          (buffer: Uint8Array) => xchacha20poly1305SealInPlace(key, long, buffer),
          xchacha20poly1305Seal(key, long, plaintext),
        ],
      ] as const) {
        const { whole, buffer } = roomFor(plaintext)
        seal(buffer)
        expect(Uint8Array.from(buffer)).toEqual(expected)
        expect([...whole.subarray(0, 3), ...whole.subarray(-3)]).toEqual(Array<number>(6).fill(0xee))
      }
    }),
  )
})

test('sealing in place needs room for the tag', () => {
  const key = new SymmetricKey(new Uint8Array(32))
  expect(() => aes256gcmSealInPlace(key, nonce12(new Uint8Array(12)), new Uint8Array(15))).toThrow(CryptoError)
  expect(() => xchacha20poly1305SealInPlace(key, nonce24(new Uint8Array(24)), new Uint8Array(15))).toThrow(CryptoError)
})
