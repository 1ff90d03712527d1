import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { type KeyConversion, sha512, sealBox, tryEd25519ToX25519, x25519PublicKey } from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, padMessage, unpadMessage, utf8Encode } from '../../src/encoding/index.ts'
import {
  boxSeedKeyPair,
  openMessage,
  sealMessage,
  sealMessageDeterministically,
  SEAL_OVERHEAD,
  signForRecipient,
} from '../../src/seal/index.ts'
import { codeOf } from '../coded.ts'
import { alice, bob, carol, keysOf, pairOf } from './keys.ts'

const known = accounts.sessionProtocolV1
const sender = keysOf(known.senderSeedHex)
const recipient = keysOf(known.recipientSeedHex)
const [plain, fixed, toSelf, retargeted] = known.cases

test('the accounts of the known answers', () => {
  expect(sender.accountId).toBe(known.senderAccountId)
  expect(recipient.accountId).toBe(known.recipientAccountId)
})

test('the known answers, byte for byte', () => {
  const to = recipient.x25519.publicKey
  expect(sealMessageDeterministically(decodeHex(plain?.plaintextHex ?? ''), sender.ed25519, to)).toEqual(
    decodeHex(plain?.ciphertextHex ?? ''),
  )
  const padded = padMessage(decodeHex(fixed?.unpaddedHex ?? ''))
  expect(padded.length).toBe(fixed?.paddedLength)
  expect(signForRecipient(padded, sender.ed25519, to).subarray(-64)).toEqual(decodeHex(fixed?.innerSignatureHex ?? ''))
  const ephemeral = boxSeedKeyPair(decodeHex(fixed?.ephemeralSeedHex ?? ''))
  expect(sealMessage(padded, sender.ed25519, to, ephemeral)).toEqual(decodeHex(fixed?.ciphertextHex ?? ''))
  const note = padMessage(decodeHex(toSelf?.unpaddedHex ?? ''))
  const sealed = sealMessageDeterministically(note, sender.ed25519, sender.x25519.publicKey)
  expect(sealed).toEqual(decodeHex(toSelf?.ciphertextHex ?? ''))
  expect(unpadMessage(openMessage(sealed, sender.x25519).content)).toEqual(decodeHex(toSelf?.unpaddedHex ?? ''))
})

test('a message cannot be passed on to someone else', () => {
  expect(codeOf(() => openMessage(decodeHex(retargeted?.ciphertextHex ?? ''), recipient.x25519))).toBe(
    'seal.bad-signature',
  )
})

const content = fc.uint8Array({ maxLength: 500 })
const ephemeral = fc.integer({ min: 1, max: 255 }).map(pairOf)

test('opening undoes sealing and says who sealed', () => {
  fc.assert(
    fc.property(content, ephemeral, (bytes, pair) => {
      const sealed = sealMessage(bytes, alice.ed25519, bob.x25519.publicKey, pair)
      expect(sealed.length).toBe(bytes.length + SEAL_OVERHEAD)
      const { publicKey } = alice.ed25519
      const opened = openMessage(sealed, bob.x25519)
      expect(opened).toEqual({ content: bytes, sender: alice.accountId, senderKey: publicKey })
      expect(openMessage(sealed, bob.x25519)).toEqual(opened)
      expect(codeOf(() => openMessage(sealed, carol.x25519))).toBe('seal.open-failed')
    }),
    { numRuns: 30 },
  )
})

test('what converts keys is asked about those that have signed, and says who they are', () => {
  const asked: Uint8Array[] = []
  const convertKey: KeyConversion = key => {
    asked.push(key)
    return tryEd25519ToX25519(key)
  }
  const { publicKey } = bob.x25519
  const sealed = sealMessage(utf8Encode('hello'), alice.ed25519, publicKey, pairOf(7))
  expect(openMessage(sealed, bob.x25519, convertKey)).toEqual(openMessage(sealed, bob.x25519))
  expect(asked).toEqual([alice.ed25519.publicKey])
  expect(openMessage(sealed, bob.x25519, () => carol.x25519.publicKey).sender).toBe(carol.accountId)
  expect(codeOf(() => openMessage(sealed, bob.x25519, () => undefined))).toBe('seal.bad-sender')
  const unsigned = sealBox(new Uint8Array(200), publicKey, pairOf(7))
  expect(codeOf(() => openMessage(unsigned, bob.x25519, convertKey))).toBe('seal.bad-signature')
  expect(asked).toHaveLength(1)
})

test('nothing is changed that was given', () => {
  const bytes = utf8Encode('hello')
  const sealed = sealMessage(bytes, alice.ed25519, bob.x25519.publicKey, pairOf(7))
  const copy = Uint8Array.from(sealed)
  openMessage(sealed, bob.x25519)
  expect(bytes).toEqual(utf8Encode('hello'))
  expect(sealed).toEqual(copy)
})

test('the same call gives the same bytes, another content another key', () => {
  const seal = (text: string): Uint8Array =>
    sealMessageDeterministically(utf8Encode(text), alice.ed25519, bob.x25519.publicKey)
  expect(seal('a')).toEqual(seal('a'))
  expect(seal('a').subarray(0, 32)).not.toEqual(seal('b').subarray(0, 32))
})

test('a flipped bit, a prefix or random bytes never open', () => {
  const sealed = sealMessage(utf8Encode('hello'), alice.ed25519, bob.x25519.publicKey, pairOf(7))
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), bit => {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // X25519 ignores the highest bit of a key, but the nonce does not.
      expect(codeOf(() => openMessage(changed, bob.x25519))).toBe('seal.open-failed')
    }),
  )
  for (let end = 0; end < sealed.length; end++) {
    const code = end < SEAL_OVERHEAD ? 'seal.bad-length' : 'seal.open-failed'
    expect(codeOf(() => openMessage(sealed.subarray(0, end), bob.x25519))).toBe(code)
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), junk => void codeOf(() => openMessage(junk, bob.x25519))))
})

test('more than a node stores is not looked at', () => {
  expect(codeOf(() => openMessage(new Uint8Array(76_801), bob.x25519))).toBe('seal.bad-length')
})

test.for([0, 1])('points of small order: %i', byte => {
  const weak = x25519PublicKey(new Uint8Array(32).fill(byte, 0, 1))
  expect(codeOf(() => sealMessage(utf8Encode('hello'), alice.ed25519, weak, pairOf(7)))).toBe('crypto.weak-key')
  const sealed = sealMessage(utf8Encode('hello'), alice.ed25519, bob.x25519.publicKey, pairOf(7))
  sealed.set(weak)
  expect(codeOf(() => openMessage(sealed, bob.x25519))).toBe('seal.open-failed')
})

test('a key of small order signs nothing', () => {
  const inner = concatBytes(utf8Encode('hello'), Uint8Array.of(1), new Uint8Array(31), new Uint8Array(64))
  expect(codeOf(() => openMessage(sealBox(inner, bob.x25519.publicKey, pairOf(7)), bob.x25519))).toBe(
    'seal.bad-signature',
  )
})

test('a key outside the main subgroup can sign but belongs to no account', () => {
  const inner = signWithTorsion(utf8Encode('hello'), bob.x25519.publicKey)
  expect(codeOf(() => openMessage(sealBox(inner, bob.x25519.publicKey, pairOf(7)), bob.x25519))).toBe('seal.bad-sender')
})

/** Signs with secret 1 under the key G + T, T of order 2: it verifies whenever the challenge is even. */
function signWithTorsion(message: Uint8Array, to: Uint8Array): Uint8Array {
  const { Point } = ed25519
  const key = Point.BASE.add(Point.fromBytes(Uint8Array.of(0xec, ...new Uint8Array(30).fill(0xff), 0x7f))).toBytes()
  const signed = concatBytes(message, key, to)
  for (let nonce = 1n; ; nonce++) {
    const r = Point.BASE.multiply(nonce).toBytes()
    const challenge = Point.Fn.create(littleEndian(sha512(r, key, signed)))
    if (challenge % 2n === 0n) return concatBytes(message, key, r, Point.Fn.toBytes(Point.Fn.create(nonce + challenge)))
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n)
}
