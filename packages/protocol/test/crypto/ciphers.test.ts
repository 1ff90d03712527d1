import { cbc, gcm } from '@noble/ciphers/aes.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aes256gcmOpen,
  aes256gcmSeal,
  createAes256CbcDecryptor,
  createAes256CbcEncryptor,
  CryptoError,
  equalBytes,
  nonce12,
  nonce24,
  openSealedBox,
  openSecretBox,
  sealBox,
  SecretStreamOpener,
  SecretStreamSealer,
  SymmetricKey,
  tryAes256gcmOpen,
  tryXchacha20poly1305Open,
  xchacha20poly1305Open,
  xchacha20poly1305Seal,
  type CipherStream,
} from '../../src/crypto/index.ts'
import { concatBytes } from '../../src/encoding/index.ts'
import {
  arbitraryNonce12,
  arbitraryNonce24,
  bytesOf,
  bytesUpTo,
  flipBit,
  symmetricKey,
  x25519Pair,
} from './arbitraries.ts'

test('XChaCha20-Poly1305: agrees with noble, opens, and a flipped bit never opens', () => {
  fc.assert(
    fc.property(symmetricKey, arbitraryNonce24, bytesUpTo(500), fc.nat(), (key, nonce, plaintext, at) => {
      const sealed = xchacha20poly1305Seal(key, nonce, plaintext)
      expect(sealed).toEqual(xchacha20poly1305(key.expose(), nonce).encrypt(plaintext))
      expect(xchacha20poly1305Open(key, nonce, sealed)).toEqual(plaintext)
      expect(tryXchacha20poly1305Open(key, nonce, flipBit(sealed, at))).toBeUndefined()
      expect(() => xchacha20poly1305Open(key, nonce, flipBit(sealed, at))).toThrow(
        expect.objectContaining({ code: 'crypto.open-failed' }),
      )
    }),
  )
})

test('AES-256-GCM: agrees with noble, opens, and a flipped bit never opens', () => {
  fc.assert(
    fc.property(symmetricKey, arbitraryNonce12, bytesUpTo(500), fc.nat(), (key, nonce, plaintext, at) => {
      const sealed = aes256gcmSeal(key, nonce, plaintext)
      expect(sealed).toEqual(gcm(key.expose(), nonce).encrypt(plaintext))
      expect(aes256gcmOpen(key, nonce, sealed)).toEqual(plaintext)
      expect(tryAes256gcmOpen(key, nonce, flipBit(sealed, at))).toBeUndefined()
      expect(() => aes256gcmOpen(key, nonce, flipBit(sealed, at))).toThrow(CryptoError)
    }),
  )
})

test('ciphers that end in a tag: large data agrees with noble, around the sizes where a backend takes it in pieces', () => {
  const key = new SymmetricKey(Uint8Array.from({ length: 32 }, (_, at) => 7 * at))
  const [short, long] = [nonce12(new Uint8Array(12).fill(3)), nonce24(Uint8Array.from({ length: 24 }, (_, at) => at))]
  const data = Uint8Array.from({ length: 200_001 }, (_, at) => at ^ (at >> 8))
  for (const size of [65_519, 65_520, 65_535, 65_536, 65_537, 131_072, 131_073, 200_001]) {
    const plaintext = data.subarray(0, size)
    const aes = aes256gcmSeal(key, short, plaintext)
    const chacha = xchacha20poly1305Seal(key, long, plaintext)
    expect(equalBytes(aes, gcm(key.expose(), short).encrypt(plaintext))).toBe(true)
    expect(equalBytes(chacha, xchacha20poly1305(key.expose(), long).encrypt(plaintext))).toBe(true)
    expect(equalBytes(aes256gcmOpen(key, short, aes), plaintext)).toBe(true)
    expect(equalBytes(xchacha20poly1305Open(key, long, chacha), plaintext)).toBe(true)
    for (const at of [0, 8 * 65_536 - 1, 8 * size - 1, 8 * size + 127]) {
      expect(tryAes256gcmOpen(key, short, flipBit(aes, at))).toBeUndefined()
      expect(tryXchacha20poly1305Open(key, long, flipBit(chacha, at))).toBeUndefined()
    }
  }
})

test('anything too short for a tag does not open', () => {
  const key = new SymmetricKey(new Uint8Array(32))
  for (let length = 0; length < 20; length += 1) {
    const bytes = new Uint8Array(length)
    expect(tryXchacha20poly1305Open(key, nonce24(new Uint8Array(24)), bytes)).toBeUndefined()
    expect(tryAes256gcmOpen(key, nonce12(new Uint8Array(12)), bytes)).toBeUndefined()
    expect(openSecretBox(key, new Uint8Array(24), bytes)).toBeUndefined()
  }
  expect(openSecretBox(key, new Uint8Array(23), new Uint8Array(40))).toBeUndefined()
  expect(() => nonce12(new Uint8Array(13))).toThrow(CryptoError)
  expect(() => nonce24(new Uint8Array(23))).toThrow(CryptoError)
})

test('AES-256-CBC: any cutting into pieces gives what noble gives at once', () => {
  const cuts = fc.array(fc.nat(80), { maxLength: 6 })
  fc.assert(
    fc.property(symmetricKey, bytesOf(16), bytesUpTo(300), cuts, cuts, (key, iv, plaintext, cutsA, cutsB) => {
      const sealed = through(createAes256CbcEncryptor(key, iv), plaintext, cutsA)
      expect(sealed).toEqual(cbc(key.expose(), iv).encrypt(plaintext))
      expect(through(createAes256CbcDecryptor(key, iv), sealed, cutsB)).toEqual(plaintext)
    }),
  )
})

test('AES-256-CBC: bad endings are refused', () => {
  const key = new SymmetricKey(new Uint8Array(32).fill(1))
  const iv = new Uint8Array(16)
  const raw = (block: Uint8Array): Uint8Array => cbc(key.expose(), iv, { disablePadding: true }).encrypt(block)
  for (const end of [0, 17, 255]) {
    const block = new Uint8Array(16).fill(end)
    expect(() => through(createAes256CbcDecryptor(key, iv), raw(block), [])).toThrow(
      expect.objectContaining({ code: 'crypto.bad-padding' }),
    )
  }
  const uneven = new Uint8Array(16).fill(3, 14)
  expect(() => through(createAes256CbcDecryptor(key, iv), raw(uneven), [])).toThrow(CryptoError)
  for (const length of [0, 1, 15, 17]) {
    expect(() => through(createAes256CbcDecryptor(key, iv), new Uint8Array(length), [])).toThrow(
      expect.objectContaining({ code: 'crypto.bad-length' }),
    )
  }
  expect(() => createAes256CbcEncryptor(key, new Uint8Array(12))).toThrow(CryptoError)
})

test('AES-256-CBC: a finished stream is finished', () => {
  const stream = createAes256CbcEncryptor(new SymmetricKey(new Uint8Array(32)), new Uint8Array(16))
  stream.finish()
  expect(() => stream.finish()).toThrow(expect.objectContaining({ code: 'crypto.stream-ended' }))
  expect(() => stream.update(new Uint8Array(1))).toThrow(CryptoError)
})

test('a sealed box opens for its recipient and for nobody else', () => {
  fc.assert(
    fc.property(x25519Pair, x25519Pair, x25519Pair, bytesUpTo(200), fc.nat(), (bob, eve, ephemeral, message, at) => {
      const box = sealBox(message, bob.publicKey, ephemeral)
      expect(box).toHaveLength(message.length + 48)
      expect(openSealedBox(box, bob)).toEqual(message)
      expect(openSealedBox(box, eve)).toBeUndefined()
      expect(openSealedBox(box.subarray(0, 47), bob)).toBeUndefined()
      // The top bit of the ephemeral key is not part of the point, but it is hashed into the nonce.
      expect(openSealedBox(flipBit(box, at), bob)).toBeUndefined()
    }),
    { numRuns: 25 },
  )
})

test('a secret box made by noble opens', () => {
  fc.assert(
    fc.property(symmetricKey, bytesOf(24), bytesUpTo(100), (key, nonce, message) => {
      expect(openSecretBox(key, nonce, xsalsa20poly1305(key.expose(), nonce).encrypt(message))).toEqual(message)
    }),
  )
})

test('a stream opens in order and in no other way', () => {
  fc.assert(
    fc.property(symmetricKey, bytesOf(24), fc.array(bytesUpTo(60), { maxLength: 5 }), (key, header, chunks) => {
      const sealer = new SecretStreamSealer(key, header)
      const sealed = [...chunks.map(chunk => sealer.seal(chunk, 'message')), sealer.seal(new Uint8Array(7), 'final')]
      expect(() => sealer.seal(new Uint8Array(1), 'message')).toThrow(CryptoError)
      const opener = new SecretStreamOpener(key, header)
      const opened = sealed.map(chunk => opener.open(chunk))
      expect(opened.map(chunk => chunk.plaintext)).toEqual([...chunks, new Uint8Array(7)])
      expect(opened.map(chunk => chunk.tag)).toEqual([...chunks.map(() => 'message'), 'final'])
      expect(() => opener.open(sealed[0] ?? new Uint8Array(0))).toThrow(
        expect.objectContaining({ code: 'crypto.stream-ended' }),
      )
      if (sealed.length > 1) {
        const skipping = new SecretStreamOpener(key, header)
        expect(() => skipping.open(sealed[1] ?? new Uint8Array(0))).toThrow(
          expect.objectContaining({ code: 'crypto.open-failed' }),
        )
      }
    }),
  )
})

test('a chunk that was cut or changed does not open, and ends the stream', () => {
  const key = new SymmetricKey(new Uint8Array(32).fill(5))
  const header = new Uint8Array(24).fill(6)
  const sealed = new SecretStreamSealer(key, header).seal(new Uint8Array(20), 'final')
  for (let length = 0; length < sealed.length; length += 1) {
    const opener = new SecretStreamOpener(key, header)
    expect(() => opener.open(sealed.subarray(0, length))).toThrow(
      expect.objectContaining({ code: 'crypto.open-failed' }),
    )
    expect(() => opener.open(sealed)).toThrow(expect.objectContaining({ code: 'crypto.stream-ended' }))
  }
  const given = new SecretStreamOpener(key, header)
  given.close()
  given.close()
  expect(() => given.open(sealed)).toThrow(CryptoError)
  expect(() => new SecretStreamSealer(key, new Uint8Array(23))).toThrow(CryptoError)
})

function through(stream: CipherStream, data: Uint8Array, cuts: readonly number[]): Uint8Array {
  const out: Uint8Array[] = []
  let rest = data
  for (const cut of cuts) {
    out.push(stream.update(rest.subarray(0, cut)))
    rest = rest.subarray(cut)
  }
  return concatBytes(...out, stream.update(rest), stream.finish())
}
