import { ml_kem768_x25519 as nobleXWing } from '@noble/post-quantum/hybrid.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CryptoError,
  mlKem768Decapsulate,
  mlKem768Encapsulate,
  mlKem768KeyPair,
  mlKem768PublicKey,
  x25519,
  X25519KeyPair,
  x25519PublicKey,
  X25519SecretKey,
  xWingCombine,
  xWingDecapsulate,
  xWingEncapsulate,
  xWingPublicKey,
  XWingSecretKey,
} from '../../src/crypto/index.ts'
import { bytesOf, flipBit } from './arbitraries.ts'

const few = { numRuns: 10 }

test('ML-KEM-768 agrees with noble for given seeds and coins', () => {
  fc.assert(
    fc.property(bytesOf(64), bytesOf(32), fc.nat(), (seed, coins, at) => {
      const pair = mlKem768KeyPair(seed)
      const noble = ml_kem768.keygen(seed)
      expect(pair.publicKey).toEqual(noble.publicKey)
      expect(pair.secretKey.expose()).toEqual(noble.secretKey)
      const { ciphertext, sharedSecret } = mlKem768Encapsulate(pair.publicKey, coins)
      expect({ cipherText: ciphertext, sharedSecret }).toEqual(ml_kem768.encapsulate(noble.publicKey, coins))
      expect(mlKem768Decapsulate(pair.secretKey, ciphertext)).toEqual(sharedSecret)
      const changed = flipBit(ciphertext, at)
      expect(mlKem768Decapsulate(pair.secretKey, changed)).toEqual(ml_kem768.decapsulate(changed, noble.secretKey))
    }),
    few,
  )
})

test('X-Wing agrees with noble, and with its own parts', () => {
  fc.assert(
    fc.property(bytesOf(32), bytesOf(64), (seed, random) => {
      const secretKey = new XWingSecretKey(seed)
      const publicKey = xWingPublicKey(secretKey)
      expect(publicKey).toEqual(nobleXWing.keygen(seed).publicKey)
      const { ciphertext, sharedSecret } = xWingEncapsulate(publicKey, random)
      expect({ cipherText: ciphertext, sharedSecret }).toEqual(nobleXWing.encapsulate(publicKey, random))
      expect(xWingDecapsulate(secretKey, ciphertext)).toEqual(sharedSecret)

      const inner = mlKem768Encapsulate(mlKem768PublicKey(publicKey.subarray(0, 1184)), random.subarray(0, 32))
      const ephemeral = new X25519KeyPair(new X25519SecretKey(random.subarray(32)))
      const recipient = x25519PublicKey(publicKey.subarray(1184))
      const shared = x25519(ephemeral.secretKey, recipient)
      expect(xWingCombine(inner.sharedSecret, shared, ephemeral.publicKey, recipient)).toEqual(sharedSecret)
    }),
    few,
  )
})

test('a public key that is not reduced is refused', () => {
  const bytes = new Uint8Array(1184).fill(255)
  expect(() => mlKem768Encapsulate(mlKem768PublicKey(bytes), new Uint8Array(32))).toThrow(
    expect.objectContaining({ code: 'crypto.bad-point' }),
  )
  expect(() => xWingEncapsulate(new Uint8Array(1216).fill(255), new Uint8Array(64))).toThrow(CryptoError)
})

test('wrong lengths are refused', () => {
  const pair = mlKem768KeyPair(new Uint8Array(64))
  expect(() => mlKem768PublicKey(new Uint8Array(1183))).toThrow(CryptoError)
  expect(() => mlKem768KeyPair(new Uint8Array(32))).toThrow(CryptoError)
  expect(() => mlKem768Encapsulate(pair.publicKey, new Uint8Array(31))).toThrow(CryptoError)
  expect(() => mlKem768Decapsulate(pair.secretKey, new Uint8Array(1087))).toThrow(CryptoError)
  expect(() => xWingDecapsulate(new XWingSecretKey(new Uint8Array(32)), new Uint8Array(1119))).toThrow(CryptoError)
  expect(() => xWingEncapsulate(new Uint8Array(1215), new Uint8Array(64))).toThrow(CryptoError)
})
