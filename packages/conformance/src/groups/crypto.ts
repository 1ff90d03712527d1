import {
  blake2b,
  blake2bWith,
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519Signature,
  ed25519ToX25519,
  nonce24,
  signBit,
  SymmetricKey,
  withSignBit,
  X25519KeyPair,
  x25519PublicKey,
  X25519SecretKey,
  x25519ToEd25519,
  xchacha20poly1305Open,
  xchacha20poly1305Seal,
  xed25519Sign,
  xed25519Verify,
} from '@sotto/protocol/crypto'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups that need nothing but `@sotto/protocol/crypto`. */
export const cryptoRunners: readonly Runner[] = [
  { group: 'xchacha', has: ['keyHex', 'payloadHex', 'plaintext'], run: xchacha },
  { group: 'push_notification', has: ['enc_key', 'payload', 'plaintext'], run: pushNotification },
  { group: 'hash', has: ['size', 'msg', 'key', 'hash'], run: hash },
  { group: 'hash', has: ['input.message', 'input.key', 'expect.h32'], run: hashOfText },
  { group: 'xed25519', has: ['x25519_sk', 'msg', 'random', 'signature'], run: xed25519 },
  { group: 'xed25519', has: ['input.x1', 'input.x2', 'expect.ed1'], run: xed25519Keys },
  { group: 'keys', has: ['input.seed_hex', 'expect.ed25519_pk_hex'], run: keysFromSeed },
  { group: 'file_server_keys', has: ['ed25519_pubkey', 'x25519_pubkey'], run: convertedKey },
]

function xchacha(c: CaseReader): void {
  const opened = openNonceFirst(c, c.hex('keyHex'), 'payloadHex')
  c.expectUtf8('plaintext', withoutZeroTail(opened))
}

function pushNotification(c: CaseReader): void {
  c.expectHex('plaintext', withoutZeroTail(openNonceFirst(c, c.hex('enc_key'), 'payload')))
}

/** Opens nonce 24 ‖ ciphertext ‖ tag 16, and checks that sealing again gives the same bytes. */
function openNonceFirst(c: CaseReader, keyBytes: Uint8Array, name: string): Uint8Array {
  const blob = c.hex(name)
  const key = new SymmetricKey(keyBytes)
  const nonce = nonce24(blob.subarray(0, 24))
  const plaintext = xchacha20poly1305Open(key, nonce, blob.subarray(24))
  c.expectHex(name, Uint8Array.of(...nonce, ...xchacha20poly1305Seal(key, nonce, plaintext)))
  return plaintext
}

/** A push payload is padded with zero bytes; its reader drops them all. Spec 10 §2.5. */
function withoutZeroTail(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.findLastIndex(byte => byte !== 0) + 1)
}

function hash(c: CaseReader): void {
  const key = c.given('key') ? { key: c.hex('key') } : {}
  c.expectHex('hash', blake2bWith(c.number('size'), key, c.hex('msg')))
}

function hashOfText(c: CaseReader): void {
  const message = c.object('input').utf8('message')
  const key = c.object('input').utf8('key')
  const expected = c.object('expect')
  expected.expectHex('h32', blake2b(32, message))
  expected.expectHex('h32_keyed', blake2bWith(32, { key }, message))
  expected.expectHex('h64', blake2b(64, message))
  expected.expectHex('h64_keyed', blake2bWith(64, { key }, message))
}

function xed25519(c: CaseReader): void {
  const { secretKey, publicKey } = new X25519KeyPair(new X25519SecretKey(c.hex('x25519_sk')))
  c.expectHex('x25519_pk', publicKey)
  const point = x25519ToEd25519(publicKey)
  c.expectHex('ed25519_pk_of_x', point)
  c.expectHex('original_ed25519_pk', withSignBit(point, signBit(ed25519PublicKey(c.hex('original_ed25519_pk')))))
  const message = c.hex('msg')
  c.expectHex('signature', xed25519Sign(secretKey, message, c.random('random')(64)))
  c.expect('verify', xed25519Verify(publicKey, message, ed25519Signature(c.hex('signature'))))
  c.expect('verify_bad', xed25519Verify(publicKey, message, ed25519Signature(c.hex('bad_signature'))))
}

function xed25519Keys(c: CaseReader): void {
  const input = c.object('input')
  const expected = c.object('expect')
  const second = x25519ToEd25519(x25519PublicKey(input.hex('x2')))
  expected.expectHex('ed1', x25519ToEd25519(x25519PublicKey(input.hex('x1'))))
  expected.expectHex('ed2_positive', second)
  expected.expectHex('ed2_original', withSignBit(second, 1))
}

function keysFromSeed(c: CaseReader): void {
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(c.object('input').hex('seed_hex')))
  const expected = c.object('expect')
  expected.expectHex('ed25519_pk_hex', keyPair.publicKey)
  expected.expectHex('x25519_pk_hex', ed25519KeyPairToX25519(keyPair).publicKey)
}

function convertedKey(c: CaseReader): void {
  c.expectHex('x25519_pubkey', ed25519ToX25519(ed25519PublicKey(c.hex('ed25519_pubkey'))))
}
