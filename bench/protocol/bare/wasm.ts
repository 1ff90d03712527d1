import { cbc, gcm } from '@noble/ciphers/aes.js'
import sodium from 'libsodium-wrappers-sumo'
import type { Bare } from './bare.ts'

await sodium.ready

/** libsodium as wasm; AES by noble, the only one that answers at once in a browser. */
export const bare: Bare = {
  platform: 'libsodium wasm and noble',
  x25519Base: sk => sodium.crypto_scalarmult_base(sk),
  x25519: (sk, pk) => sodium.crypto_scalarmult(sk, pk),
  ed25519Sign: (sk, m) => sodium.crypto_sign_detached(m, sk),
  ed25519Verify: (pk, m, s) => sodium.crypto_sign_verify_detached(s, m, pk),
  ed25519ToX25519: pk => sodium.crypto_sign_ed25519_pk_to_curve25519(pk),
  pointMultiply: (k, p) => sodium.crypto_scalarmult_ed25519_noclamp(k, p),
  blake2b: (size, m) => sodium.crypto_generichash(size, m, null),
  sha256: m => sodium.crypto_hash_sha256(m),
  sha512: m => sodium.crypto_hash_sha512(m),
  hmacSha256: (key, m) => {
    // The call that does it in one go takes keys of 32 bytes only; that of an onion's layer has 4.
    const state = sodium.crypto_auth_hmacsha256_init(key)
    sodium.crypto_auth_hmacsha256_update(state, m)
    return sodium.crypto_auth_hmacsha256_final(state)
  },
  xchacha20poly1305Seal: (key, n, m) => sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(m, null, null, n, key),
  xchacha20poly1305Open: (key, n, c) => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, c, null, n, key),
  aes256gcmSeal: (key, n, m) => gcm(key, n).encrypt(m),
  aes256gcmOpen: (key, n, c) => gcm(key, n).decrypt(c),
  aes256cbc: (key, iv, m) => cbc(key, iv).encrypt(m),
  aes256cbcOpen: (key, iv, c) => cbc(key, iv).decrypt(c),
  sealBox: (m, pk) => sodium.crypto_box_seal(m, pk),
  openSealedBox: (c, pk, sk) => sodium.crypto_box_seal_open(c, pk, sk),
  secretStream: (key, header, chunks) => {
    // Chunks share one state; the wrapper's own start for sealing draws the header, so the one for opening serves.
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
    return chunks.map(chunk => sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, null, 0))
  },
  openSecretStream: (key, header, chunks) => {
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
    return chunks.map(chunk => {
      const opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, null)
      if (opened === false) throw new Error('a chunk of the benchmark does not open')
      return opened.message
    })
  },
}
