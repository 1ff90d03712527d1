import { cbc, gcm } from '@noble/ciphers/aes.js'
import { concatBytes } from '../../encoding/index.ts'
import type { Backend } from './backend.ts'
import { blake2b, createBlake2b, createSecretStream, orUndefined, sodium, sumoOnly } from './sumo.ts'

/** libsodium as wasm; AES by noble, because it must answer at once and browsers' own AES is asynchronous. */
export const backend: Backend = {
  name: 'wasm',
  equal: (a, b) => sodium.memcmp(a, b),

  blake2b,
  createBlake2b,
  sha256: parts => sodium.crypto_hash_sha256(join(parts)),
  createSha256: () => {
    const state = sodium.crypto_hash_sha256_init()
    return {
      update: piece => sodium.crypto_hash_sha256_update(state, piece),
      finish: () => sodium.crypto_hash_sha256_final(state),
    }
  },
  sha512: parts => sodium.crypto_hash_sha512(join(parts)),
  sha3256: parts => sodium.crypto_hash_sha3256(join(parts)),
  shake256: (size, parts) => sodium.crypto_xof_shake256(size, join(parts)),
  hmacSha256: (key, parts) => {
    const state = sodium.crypto_auth_hmacsha256_init(key)
    for (const part of parts) sodium.crypto_auth_hmacsha256_update(state, part)
    return sodium.crypto_auth_hmacsha256_final(state)
  },
  createHmacSha256: key => {
    const state = sodium.crypto_auth_hmacsha256_init(key)
    return {
      update: piece => sodium.crypto_auth_hmacsha256_update(state, piece),
      finish: () => sodium.crypto_auth_hmacsha256_final(state),
    }
  },
  argon2id: (size, password, salt, passes, memoryBytes) =>
    sodium.crypto_pwhash(size, password, salt, passes, memoryBytes, sodium.crypto_pwhash_ALG_ARGON2ID13),

  x25519Base: secretKey => sodium.crypto_scalarmult_base(secretKey),
  x25519: (secretKey, publicKey) => orUndefined(() => sodium.crypto_scalarmult(secretKey, publicKey)),
  ed25519SecretKey: seed => sodium.crypto_sign_seed_keypair(seed).privateKey,
  ed25519Sign: (secretKey, message) => sodium.crypto_sign_detached(message, secretKey),
  ed25519Verify: (publicKey, message, signature) => sodium.crypto_sign_verify_detached(signature, message, publicKey),
  ed25519ToX25519: publicKey => orUndefined(() => sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey)),
  ed25519SecretToX25519: secretKey => sodium.crypto_sign_ed25519_sk_to_curve25519(secretKey),

  scalarReduce: wide => sodium.crypto_core_ed25519_scalar_reduce(wide),
  scalarAdd: (a, b) => sodium.crypto_core_ed25519_scalar_add(a, b),
  scalarNegate: a => sodium.crypto_core_ed25519_scalar_negate(a),
  scalarInvert: a => orUndefined(() => sodium.crypto_core_ed25519_scalar_invert(a)),
  pointMultiply: (scalar, point) => orUndefined(() => sodium.crypto_scalarmult_ed25519_noclamp(scalar, point)),
  pointMultiplyBase: scalar => orUndefined(() => sodium.crypto_scalarmult_ed25519_base_noclamp(scalar)),
  isValidPoint: point => sodium.crypto_core_ed25519_is_valid_point(point),

  xchacha20poly1305Seal: (key, nonce, plaintext) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, null, null, nonce, key),
  xchacha20poly1305Open: (key, nonce, sealed) =>
    orUndefined(() => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key)),
  xchacha20poly1305SealInPlace: (key, nonce, buffer) =>
    buffer.set(sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(buffer.subarray(0, -16), null, null, nonce, key)),
  xchacha20poly1305OpenInPlace: (key, nonce, sealed) =>
    setIfOpened(
      sealed,
      orUndefined(() => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key)),
    ),
  aes256gcmSeal: (key, nonce, plaintext) => gcm(key, nonce).encrypt(plaintext),
  aes256gcmSealInPlace: (key, nonce, buffer) => buffer.set(gcm(key, nonce).encrypt(buffer.subarray(0, -16))),
  aes256gcmOpen: (key, nonce, sealed) => orUndefined(() => gcm(key, nonce).decrypt(sealed)),
  aes256gcmOpenInPlace: (key, nonce, sealed) =>
    setIfOpened(
      sealed,
      orUndefined(() => gcm(key, nonce).decrypt(sealed)),
    ),
  aes256cbcEncryptBlocks: (key, iv, blocks) => cbc(key, iv, { disablePadding: true }).encrypt(blocks),
  aes256cbcDecryptBlocks: (key, iv, blocks) => cbc(key, iv, { disablePadding: true }).decrypt(blocks),
  box: (message, nonce, publicKey, secretKey) =>
    orUndefined(() => sodium.crypto_box_easy(message, nonce, publicKey, secretKey)),
  openSealedBox: (box, publicKey, secretKey) =>
    orUndefined(() => sodium.crypto_box_seal_open(box, publicKey, secretKey)),
  openSecretBox: (key, nonce, box) => orUndefined(() => sodium.crypto_secretbox_open_easy(box, nonce, key)),
  createSecretStream,
  ...sumoOnly,
}

function setIfOpened(out: Uint8Array, plaintext: Uint8Array | undefined): boolean {
  if (plaintext === undefined) return false
  out.set(plaintext)
  return true
}

/** One part is passed on as it is: most hashes have one. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : concatBytes(...parts)
}
