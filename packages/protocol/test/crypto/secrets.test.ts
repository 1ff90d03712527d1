import { expect, test } from 'vitest'
import {
  CryptoError,
  Ed25519KeyPair,
  Ed25519Seed,
  equalBytes,
  Scalar,
  SymmetricKey,
  wipeBytes,
  X25519SecretKey,
  type Secret,
} from '../../src/crypto/index.ts'

const bytes = Uint8Array.from({ length: 32 }, (_, at) => at + 1)
const secrets: readonly Secret[] = [
  new SymmetricKey(bytes),
  new X25519SecretKey(bytes),
  new Ed25519Seed(bytes),
  new Scalar(bytes),
  new Ed25519KeyPair(new Ed25519Seed(bytes)),
]

test.for(secrets)('a $kind shows a placeholder wherever it is printed', secret => {
  const inspect = Symbol.for('nodejs.util.inspect.custom')
  expect(String(secret)).toBe('[secret]')
  expect(JSON.stringify({ secret })).not.toMatch(/\d/)
  expect((secret as unknown as Record<symbol, () => string>)[inspect]?.()).toBe(`${secret.kind} [secret]`)
  expect(Object.values(secret).some(value => value instanceof Uint8Array && value.length === bytes.length)).toBe(
    secret instanceof Ed25519KeyPair, // its public key
  )
})

test('a secret keeps a copy of what it was given', () => {
  const given = Uint8Array.from(bytes)
  const key = new SymmetricKey(given)
  wipeBytes(given)
  expect(key.expose()).toEqual(bytes)
})

test('a wiped secret is gone', () => {
  const key = new SymmetricKey(bytes)
  const view = key.expose()
  key.wipe()
  expect(view).toEqual(new Uint8Array(32))
  expect(() => key.expose()).toThrow(expect.objectContaining({ code: 'crypto.wiped' }))
})

test('wiping a key pair wipes its seed', () => {
  const pair = new Ed25519KeyPair(new Ed25519Seed(bytes))
  pair.wipe()
  expect(() => pair.seed.expose()).toThrow(CryptoError)
  expect(() => pair.expose()).toThrow(CryptoError)
})

test('kinds of secrets do not mix', () => {
  const wantsKey = (key: SymmetricKey): string => key.kind
  // @ts-expect-error a seed is not a symmetric key
  expect(wantsKey(new Ed25519Seed(bytes))).toBe('Ed25519Seed')
})

test('equalBytes compares contents and lengths', () => {
  expect(equalBytes(bytes, Uint8Array.from(bytes))).toBe(true)
  expect(equalBytes(bytes, bytes.subarray(1))).toBe(false)
  expect(equalBytes(bytes, bytes.toReversed())).toBe(false)
  expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true)
})

test('every code has a sentence', () => {
  expect(new CryptoError('crypto.open-failed').sentence).toMatch(/decrypted/)
})
