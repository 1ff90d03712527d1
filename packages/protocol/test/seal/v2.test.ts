import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import {
  ed25519PublicKey,
  ed25519Signature,
  ed25519Verify,
  nonce24,
  sha256,
  SymmetricKey,
  x25519,
  X25519KeyPair,
  X25519SecretKey,
  xchacha20poly1305Open,
  xchacha20poly1305Seal,
} from '../../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeBencode, utf8Encode } from '../../src/encoding/index.ts'
import {
  createRotatingSeed,
  deriveRotatingKeys,
  encodeRotatingKeys,
  isV2Message,
  openV2Message,
  decodeRotatingKeys,
  publicKeysOf,
  RotatingSeed,
  sealV2Message,
  type V2Sealing,
} from '../../src/seal/index.ts'
import { fallbackCipher } from '../../src/seal/v2/secrets.ts'
import { codeOf } from '../coded.ts'
import { alice, bob, carol, keysOf, pairOf } from './keys.ts'

const known = accounts.protocolV2Draft
const keys = deriveRotatingKeys(new RotatingSeed(decodeHex(known.accountKeySeedHex)))
const other = deriveRotatingKeys(new RotatingSeed(new Uint8Array(32).fill(3)))
const ephemeral = new X25519KeyPair(new X25519SecretKey(decodeHex(known.ephemeralX25519SecretHex)))
const sealing: V2Sealing = {
  sender: keysOf(known.senderSeedHex).ed25519,
  recipient: bob.accountId,
  ephemeral,
  to: { keys: publicKeysOf(keys), coins: decodeHex(known.mlkemCoinsHex) },
}
const fallback: V2Sealing = {
  ...sealing,
  to: { filler: concatBytes(decodeHex('dead'), new Uint8Array(1088).fill(0x77)) },
}
const content = utf8Encode(known.content)

test('the rotating keys of the known answer', () => {
  expect(bob.accountId).toBe(known.recipientAccountId)
  expect(keys.x25519.secretKey.expose()).toEqual(decodeHex(known.accountX25519SecretHex))
  expect(keys.x25519.publicKey).toEqual(decodeHex(known.accountX25519PublicHex))
  expect(sha256(keys.mlKem.publicKey)).toEqual(decodeHex(known.accountMlkem768PublicSha256))
  expect(deriveRotatingKeys(createRotatingSeed(size => new Uint8Array(size).fill(0x5a)))).toEqual(keys)
})

test('the message of the known answer', () => {
  const message = sealV2Message(content, sealing)
  expect(message).toHaveLength(known.messageLength)
  expect(message.subarray(2, 4)).toEqual(decodeHex(known.keyIndicatorHex))
  expect(sha256(message)).toEqual(decodeHex(known.messageSha256))
  expect(message.subarray(-known.messageTailHex.length / 2)).toEqual(decodeHex(known.messageTailHex))
  const key = new SymmetricKey(decodeHex(known.encryptionKeyHex))
  const inner = xchacha20poly1305Open(key, nonce24(decodeHex(known.encryptionNonceHex)), message.subarray(1124))
  const dict = decodeHex(known.innerDictHex)
  expect(inner.subarray(0, dict.length)).toEqual(dict)
})

test('the fallback of the known answer', () => {
  const message = sealV2Message(content, fallback)
  expect(sha256(message)).toEqual(decodeHex(known.nonPfs.messageSha256))
  const key = new SymmetricKey(decodeHex(known.nonPfs.encryptionKeyHex))
  const nonce = nonce24(decodeHex(known.nonPfs.encryptionNonceHex))
  expect(xchacha20poly1305Open(key, nonce, message.subarray(1124))[0]).toBe(0x64)
})

test('opening finds the key among several, and says what protected the message', () => {
  const message = sealV2Message(content, sealing)
  const want = { content, sender: alice.accountId, senderKey: alice.ed25519.publicKey }
  expect(isV2Message(message)).toBe(true)
  expect(openV2Message(message, bob, [other, keys])).toEqual({ ...want, forwardSecret: true })
  expect(openV2Message(sealV2Message(content, fallback), bob, [keys])).toEqual({ ...want, forwardSecret: false })
  expect(codeOf(() => openV2Message(message, bob, [other]))).toBe('seal.open-failed')
  expect(codeOf(() => openV2Message(message, bob, []))).toBe('seal.open-failed')
  expect(codeOf(() => openV2Message(message, carol, [keys]))).toBe('seal.open-failed')
})

test('a key that the message only seems to point at is passed over', () => {
  const { publicKey } = keys.mlKem
  const twin = { ...other, mlKem: { ...other.mlKem, publicKey } }
  expect(openV2Message(sealV2Message(content, sealing), bob, [twin, keys]).forwardSecret).toBe(true)
})

test('any content that fits comes back, in steps of 256 bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (bytes, pro) => {
      const rotatingProKeys = pro ? carol.ed25519 : undefined
      const message = sealV2Message(bytes, { ...sealing, rotatingProKeys })
      expect(message.length % 256).toBe(0)
      const opened = openV2Message(message, bob, [keys])
      expect(opened.content).toEqual(bytes)
      expect(opened.pro === undefined).toBe(!pro)
      if (opened.pro === undefined) return
      const { signed, signature } = opened.pro
      expect(ed25519Verify(ed25519PublicKey(carol.ed25519.publicKey), signed, ed25519Signature(signature))).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('what does not fit is not sealed', () => {
  const longest = 76_800 - 1124 - 16
  expect(codeOf(() => sealV2Message(new Uint8Array(longest), sealing))).toBe('seal.bad-length')
  expect(sealV2Message(new Uint8Array(longest - 150), sealing)).toHaveLength(76_800)
  expect(codeOf(() => sealV2Message(content, { ...sealing, to: { filler: new Uint8Array(1089) } }))).toBe(
    'seal.bad-length',
  )
})

test('a flipped bit, a prefix or random bytes never open', () => {
  const message = sealV2Message(content, sealing)
  fc.assert(
    fc.property(fc.integer({ min: 16, max: message.length * 8 - 1 }), bit => {
      const changed = Uint8Array.from(message)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(codeOf(() => openV2Message(changed, bob, [keys]))).toBe('seal.open-failed')
    }),
    { numRuns: 50 },
  )
  for (const end of [0, 1, 2, 1124, 1139]) {
    expect(codeOf(() => openV2Message(message.subarray(0, end), bob, [keys]))).toBe(
      end < 2 ? 'seal.other-version' : 'seal.bad-length',
    )
  }
  expect(codeOf(() => openV2Message(message.subarray(0, -256), bob, [keys]))).toBe('seal.open-failed')
  expect(codeOf(() => openV2Message(concatBytes(message, new Uint8Array(76_800)), bob, [keys]))).toBe('seal.bad-length')
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1138, maxLength: 1200 }), junk => {
      const start = Uint8Array.of(0, 2)
      codeOf(() => openV2Message(concatBytes(start, junk), bob, [keys]))
      codeOf(() => openV2Message(concatBytes(start, junk.subarray(0, 20)), bob, [keys]))
    }),
    { numRuns: 20 },
  )
})

test('an ephemeral key of small order opens nothing', () => {
  const message = sealV2Message(content, sealing)
  message.fill(0, 4, 36)
  expect(codeOf(() => openV2Message(message, bob, [keys]))).toBe('seal.open-failed')
})

const dictOf = (...entries: readonly (readonly [string, Uint8Array | number])[]): Uint8Array =>
  encodeBencode(new Map(entries))

/** Seals any inner bytes as the fallback does. */
function sealInner(inner: Uint8Array): Uint8Array {
  const longTerm = bob.x25519.publicKey
  const { key, nonce } = fallbackCipher(x25519(ephemeral.secretKey, longTerm), ephemeral.publicKey, longTerm)
  const header = concatBytes(Uint8Array.of(0, 2, 0, 0), ephemeral.publicKey, new Uint8Array(1088))
  return concatBytes(header, xchacha20poly1305Seal(key, nonce, concatBytes(inner, new Uint8Array(20))))
}

const key = alice.ed25519.publicKey
const signature = new Uint8Array(64)

test.for([
  ['bencode.truncated', new Uint8Array()],
  ['bencode.not-a-dict', utf8Encode('le')],
  ['seal.bad-format', utf8Encode('de')],
  ['seal.bad-format', utf8Encode('de!')],
  ['seal.bad-format', dictOf(['S', key], ['~', signature])],
  ['seal.bad-format', dictOf(['S', key], ['c', content])],
  ['bencode.wrong-length', dictOf(['S', key.subarray(1)], ['c', content], ['~', signature])],
  ['bencode.wrong-type', dictOf(['S', key], ['c', 5], ['~', signature])],
  ['bencode.wrong-length', dictOf(['S', key], ['c', content], ['~', signature.subarray(1)])],
  ['seal.bad-signature', dictOf(['S', key], ['c', content], ['~', signature])],
] as const)('what was inside is refused: %s %#', ([code, inner]) =>
  expect(codeOf(() => openV2Message(sealInner(inner), bob, []))).toBe(code),
)

test('a signature is bound to the recipient', () => {
  const message = sealV2Message(content, { ...sealing, recipient: carol.accountId, to: fallback.to })
  expect(openV2Message(message, carol, []).sender).toBe(alice.accountId)
  expect(codeOf(() => openV2Message(message, { ...carol, accountId: bob.accountId }, []))).toBe('seal.bad-signature')
})

test('published keys are signed by the account', () => {
  const random = new Uint8Array(64).fill(8)
  const published = encodeRotatingKeys(publicKeysOf(keys), bob.x25519.secretKey, random)
  expect(decodeRotatingKeys(published, bob.accountId)).toEqual(publicKeysOf(keys))
  expect(codeOf(() => decodeRotatingKeys(published, alice.accountId))).toBe('seal.bad-signature')
  const changed = Uint8Array.from(published)
  changed[100] = (changed[100] ?? 0) ^ 1
  expect(codeOf(() => decodeRotatingKeys(changed, bob.accountId))).toBe('seal.bad-signature')
  expect(codeOf(() => decodeRotatingKeys(new Uint8Array(5000), bob.accountId))).toBe('bencode.too-long')
  expect(codeOf(() => decodeRotatingKeys(utf8Encode('de'), bob.accountId))).toBe('seal.bad-format')
  expect(codeOf(() => encodeRotatingKeys(publicKeysOf(keys), bob.x25519.secretKey, new Uint8Array(63)))).toBe(
    'crypto.bad-length',
  )
  for (let end = 0; end < published.length; end += 7)
    codeOf(() => decodeRotatingKeys(published.subarray(0, end), bob.accountId))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), junk => void codeOf(() => decodeRotatingKeys(junk, bob.accountId))),
  )
})

test('the keys of a device are others', () => {
  const seed = new RotatingSeed(decodeHex(known.accountKeySeedHex))
  expect(deriveRotatingKeys(seed, 'device').x25519.publicKey).not.toEqual(keys.x25519.publicKey)
  expect(() => sealV2Message(content, { ...sealing, ephemeral: pairOf(5) })).not.toThrow()
})
