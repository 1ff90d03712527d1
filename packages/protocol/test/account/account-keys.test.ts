import { VectorCase } from '@sotto/testing'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import {
  accountIdOfSigner,
  AccountSeed,
  createAccountSeed,
  decodeRecoveryPhrase,
  deriveAccountKeys,
  encodeRecoveryPhrase,
  padAccountSeed,
} from '../../src/account/index.ts'
import { ed25519PublicKey } from '../../src/crypto/index.ts'
import { checksumIndex } from '../../src/account/phrase-words.ts'
import { codeOf } from '../coded.ts'

test.for(accounts.recovery)('known answer: $what, $accountId', members => {
  const known = new VectorCase(members)
  const seed = new AccountSeed(known.hex('seedHex'))
  expect(padAccountSeed(seed).expose()).toEqual(known.hex('paddedSeedHex'))
  const keys = deriveAccountKeys(seed)
  expect(keys.ed25519.publicKey).toEqual(known.hex('ed25519PublicKeyHex'))
  expect(keys.ed25519.expose()).toEqual(known.hex('ed25519SecretKeyHex'))
  expect(keys.x25519.publicKey).toEqual(known.hex('x25519PublicKeyHex'))
  expect(keys.x25519.secretKey.expose()).toEqual(known.hex('x25519SecretKeyHex'))
  expect(keys.accountId).toBe(known.text('accountId'))
  expect(accountIdOfSigner(keys.ed25519.publicKey)).toBe(keys.accountId)
  const phrase = known.text('phrase')
  expect(encodeRecoveryPhrase(seed)).toBe(phrase)
  expect(decodeRecoveryPhrase(phrase).expose()).toEqual(seed.expose())
  expect(checksumIndex(phrase.split(' ').slice(0, 12))).toBe(known.number('checksumIndex'))
  known.assertAllRead()
})

test('a new seed is 16 bytes of the source, which keeps no copy that we would not wipe', () => {
  const drawn: Uint8Array[] = []
  const seed = createAccountSeed(size => {
    const bytes = new Uint8Array(size).fill(7)
    drawn.push(bytes)
    return bytes
  })
  expect(seed.expose()).toEqual(new Uint8Array(16).fill(7))
  expect(drawn).toEqual([new Uint8Array(16)])
})

test('a seed does not show itself', () => {
  const seed = new AccountSeed(new Uint8Array(16).fill(0xab))
  expect(`${String(seed)} ${JSON.stringify({ seed })}`).not.toMatch(/ab|171/)
})

test.for([0, 15, 17, 32])('a seed of %i bytes is none', length => {
  expect(codeOf(() => new AccountSeed(new Uint8Array(length)))).toBe('crypto.bad-length')
})

test('a key that is no point of the curve belongs to no account', () => {
  expect(accountIdOfSigner(ed25519PublicKey(new Uint8Array(32)))).toBeUndefined()
  expect(accountIdOfSigner(ed25519PublicKey(new Uint8Array(32).fill(0xff)))).toBeUndefined()
})
