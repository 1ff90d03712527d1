import { ed25519, x25519 as nobleX25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import libsession from '../../../../vectors/libsession.json' with { type: 'json' }
import {
  addScalars,
  CryptoError,
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519Sign,
  ed25519Signature,
  ed25519ToX25519,
  ed25519Verify,
  invertScalar,
  isValidPoint,
  multiplyBasePoint,
  multiplyPoint,
  multiplyScalars,
  negateScalar,
  privateScalar,
  reduceScalar,
  Scalar,
  signBit,
  signWithScalar,
  withSignBit,
  x25519,
  X25519KeyPair,
  x25519PublicKey,
  X25519SecretKey,
  x25519ToEd25519,
  xed25519Sign,
  xed25519Verify,
} from '../../src/crypto/index.ts'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import { bytesOf, bytesUpTo, ed25519Pair, flipBit, x25519Pair } from './arbitraries.ts'

const L = ed25519.Point.Fn.ORDER

test.for(libsession.account_keys)('keys of seed $seed', v => {
  const pair = new Ed25519KeyPair(new Ed25519Seed(decodeHex(v.seed)))
  expect(encodeHex(pair.publicKey)).toBe(v.ed25519_pk)
  expect(encodeHex(pair.expose())).toBe(v.ed25519_sk)
  const converted = ed25519KeyPairToX25519(pair)
  expect(encodeHex(converted.publicKey)).toBe(v.x25519_pk)
  expect(encodeHex(converted.secretKey.expose())).toBe(v.x25519_sk)
  expect(encodeHex(ed25519ToX25519(pair.publicKey))).toBe(v.x25519_pk)
  expect(encodeHex(ed25519Sign(pair, decodeHex(v.msg)))).toBe(v.signature)
  expect(ed25519Verify(pair.publicKey, decodeHex(v.msg), ed25519Signature(decodeHex(v.signature)))).toBe(v.verify)
})

test.for(libsession.xed25519)('XEd25519 by $x25519_pk', v => {
  const secretKey = new X25519SecretKey(decodeHex(v.x25519_sk))
  const { publicKey } = new X25519KeyPair(secretKey)
  const random = decodeHex(v.random[0] ?? '')
  expect(encodeHex(x25519ToEd25519(publicKey))).toBe(v.ed25519_pk_of_x)
  expect(encodeHex(xed25519Sign(secretKey, decodeHex(v.msg), random))).toBe(v.signature)
  expect(xed25519Verify(publicKey, decodeHex(v.msg), ed25519Signature(decodeHex(v.signature)))).toBe(v.verify)
  expect(xed25519Verify(publicKey, decodeHex(v.msg), ed25519Signature(decodeHex(v.bad_signature)))).toBe(v.verify_bad)
})

test('X25519 agrees with noble, and both sides with each other', () => {
  fc.assert(
    fc.property(x25519Pair, x25519Pair, (alice, bob) => {
      const shared = x25519(alice.secretKey, bob.publicKey)
      expect(shared).toEqual(x25519(bob.secretKey, alice.publicKey))
      expect(shared).toEqual(nobleX25519.getSharedSecret(alice.secretKey.expose(), bob.publicKey))
      expect(alice.publicKey).toEqual(nobleX25519.getPublicKey(alice.secretKey.expose()))
    }),
    { numRuns: 25 },
  )
})

/** Points whose order divides 8, as u coordinates; any secret times one of them is zero. */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

test.for(smallOrder)('a shared secret with the weak key %s is refused', hex => {
  const secret = new X25519SecretKey(new Uint8Array(32).fill(9))
  expect(() => x25519(secret, x25519PublicKey(decodeHex(hex)))).toThrow(
    expect.objectContaining({ code: 'crypto.weak-key' }),
  )
})

test('Ed25519 agrees with noble and notices every change', () => {
  fc.assert(
    fc.property(ed25519Pair, bytesUpTo(200), fc.nat(), (pair, message, at) => {
      const signature = ed25519Sign(pair, message)
      expect(signature).toEqual(ed25519.sign(message, pair.seed.expose()))
      expect(ed25519Verify(pair.publicKey, message, signature)).toBe(true)
      expect(ed25519Verify(pair.publicKey, message, ed25519Signature(flipBit(signature, at)))).toBe(false)
      expect(ed25519Verify(ed25519PublicKey(flipBit(pair.publicKey, at)), message, signature)).toBe(false)
    }),
    { numRuns: 25 },
  )
})

test('random bytes as key or signature verify nothing and crash nothing', () => {
  fc.assert(
    fc.property(bytesOf(32), bytesOf(64), bytesUpTo(50), (key, signature, message) => {
      expect(ed25519Verify(ed25519PublicKey(key), message, ed25519Signature(signature))).toBe(false)
      expect(xed25519Verify(x25519PublicKey(key), message, ed25519Signature(signature))).toBe(false)
    }),
  )
})

test('the all-zero key signs nothing', () => {
  const zero = new Uint8Array(32)
  expect(ed25519Verify(ed25519PublicKey(zero), zero, ed25519Signature(new Uint8Array(64)))).toBe(false)
  expect(isValidPoint(ed25519PublicKey(zero))).toBe(false)
})

test('conversion to X25519 and back keeps the point up to its sign', () => {
  fc.assert(
    fc.property(ed25519Pair, pair => {
      const back = x25519ToEd25519(ed25519ToX25519(pair.publicKey))
      expect(back).toEqual(withSignBit(pair.publicKey, 0))
      expect(ed25519ToX25519(pair.publicKey)).toEqual(ed25519.utils.toMontgomery(pair.publicKey))
    }),
    { numRuns: 25 },
  )
})

test('bytes that are no point are refused by every conversion', () => {
  fc.assert(
    fc.property(bytesOf(32), bytes => {
      const key = ed25519PublicKey(bytes)
      if (isValidPoint(key)) expect(ed25519ToX25519(key)).toHaveLength(32)
      else {
        expect(() => ed25519ToX25519(key)).toThrow(CryptoError)
        expect(() => multiplyPoint(scalar(3n), key)).toThrow(CryptoError)
      }
    }),
  )
  for (const hex of smallOrder) expect(() => x25519ToEd25519(x25519PublicKey(decodeHex(hex)))).toThrow(CryptoError)
})

test('scalars are integers modulo L', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: L - 1n }), fc.bigInt({ min: 1n, max: L - 1n }), (a, b) => {
      expect(number(multiplyScalars(scalar(a), scalar(b)))).toBe((a * b) % L)
      expect(number(addScalars(scalar(a), scalar(b)))).toBe((a + b) % L)
      expect(number(negateScalar(scalar(a)))).toBe(L - a)
      expect(number(multiplyScalars(invertScalar(scalar(a)), scalar(a)))).toBe(1n)
    }),
  )
})

test('64 bytes are reduced modulo L', () => {
  fc.assert(
    fc.property(bytesOf(64), wide => {
      expect(number(reduceScalar(wide))).toBe(littleEndian(wide) % L)
    }),
  )
})

test('zero has no inverse and no point', () => {
  expect(() => invertScalar(scalar(0n))).toThrow(CryptoError)
  expect(() => multiplyBasePoint(scalar(0n))).toThrow(CryptoError)
})

test('products of points agree with noble', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: L - 1n }), ed25519Pair, (k, pair) => {
      const point = ed25519.Point.fromBytes(pair.publicKey)
      expect(multiplyPoint(scalar(k), pair.publicKey)).toEqual(point.multiply(k).toBytes())
      expect(multiplyBasePoint(scalar(k))).toEqual(ed25519.Point.BASE.multiply(k).toBytes())
    }),
    { numRuns: 25 },
  )
})

test('a signature by scalar is an Ed25519 signature', () => {
  fc.assert(
    fc.property(ed25519Pair, bytesOf(64), bytesUpTo(80), (pair, random, message) => {
      const secret = privateScalar(pair)
      expect(multiplyBasePoint(secret)).toEqual(pair.publicKey)
      const signature = signWithScalar(secret, pair.publicKey, reduceScalar(random), message)
      expect(ed25519Verify(pair.publicKey, message, signature)).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('XEd25519: what one signs, the other verifies', () => {
  fc.assert(
    fc.property(x25519Pair, bytesUpTo(80), bytesOf(64), fc.nat(), (pair, message, random, at) => {
      const signature = xed25519Sign(pair.secretKey, message, random)
      expect(xed25519Verify(pair.publicKey, message, signature)).toBe(true)
      expect(xed25519Verify(pair.publicKey, message, ed25519Signature(flipBit(signature, at)))).toBe(false)
    }),
    { numRuns: 25 },
  )
})

test('the sign bit is the highest bit of the last byte', () => {
  const { publicKey } = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32)))
  expect(signBit(withSignBit(publicKey, 1))).toBe(1)
  expect(signBit(withSignBit(publicKey, 0))).toBe(0)
})

test.for([0, 31, 33])('keys of %i bytes are refused', length => {
  const bytes = new Uint8Array(length)
  const makers = [x25519PublicKey, ed25519PublicKey, ed25519Signature]
  for (const make of makers) expect(() => make(bytes)).toThrow(expect.objectContaining({ code: 'crypto.bad-length' }))
  for (const Kind of [X25519SecretKey, Ed25519Seed, Scalar]) expect(() => new Kind(bytes)).toThrow(CryptoError)
  expect(() => reduceScalar(bytes)).toThrow(CryptoError)
})

function scalar(value: bigint): Scalar {
  return new Scalar(Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n)))
}

function number(value: Scalar): bigint {
  return littleEndian(value.expose())
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
