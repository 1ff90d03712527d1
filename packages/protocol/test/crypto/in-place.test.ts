import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aes256gcmSeal,
  aes256gcmSealInPlace,
  CryptoError,
  nonce12,
  nonce24,
  SecretStreamOpener,
  SecretStreamSealer,
  SymmetricKey,
  tryAes256gcmOpenInPlace,
  tryXchacha20poly1305OpenInPlace,
  xchacha20poly1305Seal,
  xchacha20poly1305SealInPlace,
} from '../../src/crypto/index.ts'
import { arbitraryNonce12, arbitraryNonce24, bytesOf, bytesUpTo, flipBit, symmetricKey } from './arbitraries.ts'

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

test('opening in place gives what opening gives, and touches nothing around it', () => {
  fc.assert(
    fc.property(symmetricKey, arbitraryNonce12, arbitraryNonce24, bytesUpTo(500), (key, short, long, plaintext) => {
      for (const [open, sealed] of [
        [(bytes: Uint8Array) => tryAes256gcmOpenInPlace(key, short, bytes), aes256gcmSeal(key, short, plaintext)],
        [
          (bytes: Uint8Array) => tryXchacha20poly1305OpenInPlace(key, long, bytes),
          xchacha20poly1305Seal(key, long, plaintext),
        ],
      ] as const) {
        const { whole, buffer } = roomFor(plaintext)
        buffer.set(sealed)
        const opened = open(buffer)
        expect(opened).toEqual(plaintext)
        expect([opened?.buffer, opened?.byteOffset]).toEqual([whole.buffer, 3])
        expect([...whole.subarray(0, 3), ...whole.subarray(-3)]).toEqual(Array<number>(6).fill(0xee))
        expect(open(flipBit(sealed, plaintext.length))).toBeUndefined()
      }
    }),
  )
})

test('what is too short for a tag does not open in place', () => {
  const key = new SymmetricKey(new Uint8Array(32))
  expect(tryAes256gcmOpenInPlace(key, nonce12(new Uint8Array(12)), new Uint8Array(15))).toBeUndefined()
  expect(tryXchacha20poly1305OpenInPlace(key, nonce24(new Uint8Array(24)), new Uint8Array(15))).toBeUndefined()
})

test('sealing in place needs room for the tag', () => {
  const key = new SymmetricKey(new Uint8Array(32))
  expect(() => aes256gcmSealInPlace(key, nonce12(new Uint8Array(12)), new Uint8Array(15))).toThrow(CryptoError)
  expect(() => xchacha20poly1305SealInPlace(key, nonce24(new Uint8Array(24)), new Uint8Array(15))).toThrow(CryptoError)
})

test('a stream seals and opens into given arrays, and touches nothing around them', () => {
  fc.assert(
    fc.property(symmetricKey, bytesOf(24), fc.array(bytesUpTo(60), { maxLength: 4 }), (key, header, chunks) => {
      const sealers = [new SecretStreamSealer(key, header), new SecretStreamSealer(key, header)] as const
      const opener = new SecretStreamOpener(key, header)
      for (const [at, chunk] of [...chunks, new Uint8Array(3)].entries()) {
        const tag = at === chunks.length ? 'final' : 'message'
        const sealed = new Uint8Array(chunk.length + 17 + 6).fill(0xee)
        const opened = new Uint8Array(chunk.length + 6).fill(0xee)
        sealers[0].seal(chunk, tag, sealed.subarray(3, -3))
        expect(sealed.slice(3, -3)).toEqual(sealers[1].seal(chunk, tag))
        expect(opener.open(sealed.subarray(3, -3), opened.subarray(3, -3)).tag).toBe(tag)
        expect(opened.slice(3, -3)).toEqual(chunk)
        const around = [sealed, opened].flatMap(whole => [...whole.subarray(0, 3), ...whole.subarray(-3)])
        expect(around).toEqual(Array<number>(12).fill(0xee))
      }
    }),
  )
})

test('a stream refuses arrays of another length', () => {
  const badLength = expect.objectContaining({ code: 'crypto.bad-length' })
  const key = new SymmetricKey(new Uint8Array(32))
  const sealer = new SecretStreamSealer(key, new Uint8Array(24))
  const opener = new SecretStreamOpener(key, new Uint8Array(24))
  expect(() => sealer.seal(new Uint8Array(5), 'message', new Uint8Array(21))).toThrow(badLength)
  expect(() => opener.open(new Uint8Array(20), new Uint8Array(4))).toThrow(badLength)
  expect(() => opener.open(new Uint8Array(16), new Uint8Array(0))).toThrow(badLength)
  sealer.close()
  opener.close()
})
