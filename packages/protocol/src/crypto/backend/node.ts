import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hash as hashOnce,
  type Hash,
  type Hmac,
} from 'node:crypto'
import sodium from 'sodium-native'
import { concatBytes } from '../../encoding/index.ts'
import type { Backend, HashState } from './backend.ts'
import { ownMemory } from '../own-memory.ts'
import { releaseBytes } from '../release.ts'
import { sumoOnly } from './sumo.ts'
import { withoutX } from './without-x.ts'

/** sodium-native for curves, XChaCha20 and BLAKE2b; node:crypto for AES and SHA, with key objects, which are faster. */
export const backend: Backend = {
  name: 'node',
  equal: (a, b) => sodium.sodium_memcmp(a, b),

  blake2b: (size, parts, key) => fill(size, out => sodium.crypto_generichash_batch(out, parts, key)),
  createBlake2b,
  sha256: parts => plain(hashOnce('sha256', join(parts), 'buffer')),
  createSha256: () => hasher(createHash('sha256')),
  sha512: parts => plain(hashOnce('sha512', join(parts), 'buffer')),
  sha3256: parts => plain(hashOnce('sha3-256', join(parts), 'buffer')),
  shake256: (size, parts) => plain(createHash('shake256', { outputLength: size }).update(join(parts)).digest()),
  hmacSha256: (key, parts) => {
    const size = parts.reduce((sum, part) => sum + part.length, 0)
    if (key.length <= blockBytes && size <= mostHashedTwice) return hashTwice(key, parts, size)
    const mac = createHmac('sha256', createSecretKey(key))
    for (const part of parts) mac.update(part)
    return plain(mac.digest())
  },
  createHmacSha256: key => hasher(createHmac('sha256', createSecretKey(key))),
  argon2id: (size, password, salt, passes, memoryBytes) =>
    fill(size, out =>
      sodium.crypto_pwhash(out, password, salt, passes, memoryBytes, sodium.crypto_pwhash_ALG_ARGON2ID13),
    ),

  x25519Base: secretKey => fill(32, out => sodium.crypto_scalarmult_base(out, secretKey)),
  x25519: (secretKey, publicKey) => tryFill(32, out => sodium.crypto_scalarmult(out, secretKey, publicKey)),
  ed25519SecretKey: seed => fill(64, out => sodium.crypto_sign_seed_keypair(new Uint8Array(32), out, seed)),
  ed25519Sign: (secretKey, message) => fill(64, out => sodium.crypto_sign_detached(out, message, secretKey)),
  ed25519Verify: (publicKey, message, signature) => sodium.crypto_sign_verify_detached(signature, message, publicKey),
  ed25519ToX25519: publicKey => tryFill(32, out => sodium.crypto_sign_ed25519_pk_to_curve25519(out, publicKey)),
  ed25519SecretToX25519: secretKey => fill(32, out => sodium.crypto_sign_ed25519_sk_to_curve25519(out, secretKey)),

  scalarReduce: wide => fill(32, out => sodium.crypto_core_ed25519_scalar_reduce(out, wide)),
  scalarAdd: (a, b) => fill(32, out => sodium.crypto_core_ed25519_scalar_add(out, a, b)),
  scalarNegate: a => fill(32, out => sodium.crypto_core_ed25519_scalar_negate(out, a)),
  scalarInvert: a => tryFill(32, out => sodium.crypto_core_ed25519_scalar_invert(out, a)),
  pointMultiply: (scalar, point) => tryFill(32, out => sodium.crypto_scalarmult_ed25519_noclamp(out, scalar, point)),
  pointMultiplyBase: scalar => tryFill(32, out => sodium.crypto_scalarmult_ed25519_base_noclamp(out, scalar)),
  isValidPoint: point => sodium.crypto_core_ed25519_is_valid_point(point),

  xchacha20poly1305Seal: (key, nonce, plaintext) =>
    fill(plaintext.length + 16, out => sealXInto(key, nonce, plaintext, out)),
  xchacha20poly1305Open: (key, nonce, sealed) => fillIf(sealed.length - 16, out => openXInto(key, nonce, sealed, out)),
  xchacha20poly1305SealInPlace: (key, nonce, buffer) => sealXInto(key, nonce, buffer.subarray(0, -16), buffer),
  xchacha20poly1305OpenInPlace: (key, nonce, sealed) => openXInto(key, nonce, sealed, sealed.subarray(0, -16)),
  aes256gcmSeal: (key, nonce, plaintext) =>
    fill(plaintext.length + 16, out => sealInto('aes-256-gcm', key, nonce, plaintext, out)),
  aes256gcmSealInPlace: (key, nonce, buffer) => sealInto('aes-256-gcm', key, nonce, buffer.subarray(0, -16), buffer),
  aes256gcmOpen: (key, nonce, sealed) =>
    fillIf(sealed.length - 16, out => openInto('aes-256-gcm', key, nonce, sealed, out)),
  aes256gcmOpenInPlace: (key, nonce, sealed) => openInto('aes-256-gcm', key, nonce, sealed, sealed.subarray(0, -16)),
  aes256cbcEncryptBlocks: (key, iv, blocks) =>
    plain(createCipheriv('aes-256-cbc', createSecretKey(key), iv).setAutoPadding(false).update(blocks)),
  aes256cbcDecryptBlocks: (key, iv, blocks) =>
    plain(createDecipheriv('aes-256-cbc', createSecretKey(key), iv).setAutoPadding(false).update(blocks)),
  box: (message, nonce, publicKey, secretKey) =>
    tryFill(message.length + 16, out => sodium.crypto_box_easy(out, message, nonce, publicKey, secretKey)),
  openSealedBox: (box, publicKey, secretKey) =>
    fillIf(box.length - 48, out => sodium.crypto_box_seal_open(out, box, publicKey, secretKey)),
  openSecretBox: (key, nonce, box) =>
    fillIf(box.length - 16, out => sodium.crypto_secretbox_open_easy(out, box, nonce, key)),
  createSecretStream,
  ...sumoOnly,
}

/** Ciphers of OpenSSL that end in a tag of 16 bytes, with nonces of 12. Its types have a call for each, which is the same. */
type OpenSslAead = 'aes-256-gcm' | 'chacha20-poly1305'

/**
 * What a call gives comes in memory of its own. In pieces it can be given back before the next one, and so it is always the
 * same memory; ten megabytes at once would be new pages each time, and a reason for the collector to look through the whole
 * heap, both of which cost more than the cipher.
 */
const pieceBytes = 65_536
const tagBytes = 16

/** Writes ciphertext ‖ tag into `out`, which may begin where the plaintext does. */
function sealInto(name: OpenSslAead, key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, out: Uint8Array): void {
  const cipher = createCipheriv(name as 'aes-256-gcm', createSecretKey(key), nonce, { authTagLength: tagBytes })
  for (let at = 0; at < plaintext.length; at += pieceBytes) {
    move(cipher.update(plaintext.subarray(at, at + pieceBytes)), out, at)
  }
  cipher.final()
  out.set(cipher.getAuthTag(), plaintext.length)
}

/** Writes the plaintext into `out`, which may be the beginning of `sealed`. If it does not open, what `out` holds is worth nothing. */
function openInto(name: OpenSslAead, key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, out: Uint8Array): boolean {
  const end = sealed.length - tagBytes
  const decipher = createDecipheriv(name as 'aes-256-gcm', createSecretKey(key), nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(end))
  for (let at = 0; at < end; at += pieceBytes) {
    move(decipher.update(sealed.subarray(at, Math.min(end, at + pieceBytes))), out, at)
  }
  try {
    decipher.final()
    return true
  } catch {
    return false
  }
}

function move(piece: Uint8Array, out: Uint8Array, at: number): void {
  out.set(piece, at)
  releaseBytes(piece)
}

/** From here on OpenSSL, which takes longer to begin, is faster than sodium: 2.4 times as fast for megabytes. */
const largeBytes = 65_536

function sealXInto(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, out: Uint8Array): void {
  if (plaintext.length < largeBytes) {
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out, plaintext, null, null, nonce, key)
  } else {
    withoutX(key, nonce, (subkey, short) => sealInto('chacha20-poly1305', subkey, short, plaintext, out))
  }
}

function openXInto(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, out: Uint8Array): boolean {
  if (sealed.length >= largeBytes) {
    return withoutX(key, nonce, (subkey, short) => openInto('chacha20-poly1305', subkey, short, sealed, out))
  }
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(out, null, sealed, null, nonce, key)
    return true
  } catch {
    return false // The binding throws where C returns −1; see tryFill.
  }
}

/**
 * BLAKE2b mixes the salt into words 4 and 5 of its first state, the personalisation into 6 and 7, and both nowhere else;
 * and nothing is compressed before the first full block. So they are put in by XOR after an ordinary start. The
 * library's binding has no call for them.
 */
function createBlake2b(
  size: number,
  key: Uint8Array | undefined,
  salt: Uint8Array | undefined,
  personalisation: Uint8Array | undefined,
): HashState {
  const state = new Uint8Array(sodium.crypto_generichash_STATEBYTES)
  sodium.crypto_generichash_init(state, key ?? null, size)
  if (salt !== undefined) mixIn(state, 32, salt)
  if (personalisation !== undefined) mixIn(state, 48, personalisation)
  return {
    update: piece => sodium.crypto_generichash_update(state, piece),
    finish: () => fill(size, out => sodium.crypto_generichash_final(state, out)),
  }
}

function mixIn(state: Uint8Array, start: number, bytes: Uint8Array): void {
  for (const [at, byte] of bytes.entries()) state[start + at] = (state[start + at] ?? 0) ^ byte
}

function createSecretStream(key: Uint8Array, header: Uint8Array): ReturnType<Backend['createSecretStream']> {
  const state = new Uint8Array(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES)
  // Sealing and opening start from the same state; only libsodium's own start for sealing draws the header itself.
  sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
  return {
    push: (plaintext, tag, out = new Uint8Array(plaintext.length + 17)) => {
      sodium.crypto_secretstream_xchacha20poly1305_push(state, out, plaintext, null, tag)
      return out
    },
    pull: (sealed, out = new Uint8Array(sealed.length - 17)) => {
      const tag = new Uint8Array(1)
      try {
        sodium.crypto_secretstream_xchacha20poly1305_pull(state, out, tag, sealed, null)
      } catch {
        return undefined // The binding throws where C returns −1; see tryFill.
      }
      return { plaintext: out, tag: tag[0] ?? 0 }
    },
    close: () => sodium.sodium_memzero(state),
  }
}

/** The block of SHA-256. */
const blockBytes = 64
/** Longer data is worth an object of its own, which is not copied together. */
const mostHashedTwice = 512

/** HMAC as RFC 2104 has it, SHA-256(key ⊕ 5c… ‖ SHA-256(key ⊕ 36… ‖ data)): half as dear for short data as Node's object. */
function hashTwice(key: Uint8Array, parts: readonly Uint8Array[], size: number): Uint8Array {
  const inner = new Uint8Array(blockBytes + size).fill(0x36, 0, blockBytes)
  const outer = new Uint8Array(blockBytes + 32).fill(0x5c, 0, blockBytes)
  for (let at = 0; at < key.length; at++) {
    inner[at] = 0x36 ^ (key[at] ?? 0)
    outer[at] = 0x5c ^ (key[at] ?? 0)
  }
  let at = blockBytes
  for (const part of parts) {
    inner.set(part, at)
    at += part.length
  }
  outer.set(hashOnce('sha256', inner, 'buffer'), blockBytes)
  return plain(hashOnce('sha256', outer, 'buffer'))
}

function fill(size: number, run: (out: Uint8Array) => unknown): Uint8Array {
  const out = ownMemory(size)
  run(out)
  return out
}

/** The binding throws where C returns −1; lengths were checked before, so it means bad data from outside. */
function tryFill(size: number, run: (out: Uint8Array) => unknown): Uint8Array | undefined {
  try {
    return fill(size, run)
  } catch {
    return undefined
  }
}

function fillIf(size: number, run: (out: Uint8Array) => boolean): Uint8Array | undefined {
  const out = ownMemory(size)
  return run(out) ? out : undefined
}

function hasher(hash: Hash | Hmac): HashState {
  return { update: piece => void hash.update(piece), finish: () => plain(hash.digest()) }
}

/** A `Buffer` looks like a `Uint8Array` but slices differently, so none gets out. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : concatBytes(...parts)
}
