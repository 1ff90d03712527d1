import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hash } from 'node:crypto'
import sodium from 'sodium-native'
import type { Bare } from './bare.ts'

const out = (size: number, run: (bytes: Uint8Array) => unknown): Uint8Array => {
  const bytes = new Uint8Array(size)
  run(bytes)
  return bytes
}

/** sodium-native and node:crypto. */
export const bare: Bare = {
  platform: `Node ${process.versions.node}, sodium-native and node:crypto`,
  x25519Base: sk => out(32, o => sodium.crypto_scalarmult_base(o, sk)),
  x25519: (sk, pk) => out(32, o => sodium.crypto_scalarmult(o, sk, pk)),
  ed25519Sign: (sk, m) => out(64, o => sodium.crypto_sign_detached(o, m, sk)),
  ed25519Verify: (pk, m, s) => sodium.crypto_sign_verify_detached(s, m, pk),
  ed25519ToX25519: pk => out(32, o => sodium.crypto_sign_ed25519_pk_to_curve25519(o, pk)),
  pointMultiply: (k, p) => out(32, o => sodium.crypto_scalarmult_ed25519_noclamp(o, k, p)),
  blake2b: (size, m) => out(size, o => sodium.crypto_generichash(o, m)),
  sha256: m => hash('sha256', m, 'buffer'),
  sha512: m => hash('sha512', m, 'buffer'),
  hmacSha256: (key, m) => createHmac('sha256', createSecretKey(key)).update(m).digest(),
  xchacha20poly1305Seal: (key, n, m) =>
    out(m.length + 16, o => sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(o, m, null, null, n, key)),
  xchacha20poly1305Open: (key, n, c) =>
    out(c.length - 16, o => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(o, null, c, null, n, key)),
  aes256gcmSeal: (key, n, m) => {
    const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), n)
    return Buffer.concat([cipher.update(m), cipher.final(), cipher.getAuthTag()])
  },
  aes256gcmOpen: (key, n, c) => {
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), n, { authTagLength: 16 })
    decipher.setAuthTag(c.subarray(c.length - 16))
    const body = decipher.update(c.subarray(0, c.length - 16))
    decipher.final()
    return body
  },
  aes256cbc: (key, iv, m) => {
    const cipher = createCipheriv('aes-256-cbc', createSecretKey(key), iv)
    return Buffer.concat([cipher.update(m), cipher.final()])
  },
  aes256cbcOpen: (key, iv, c) => {
    const decipher = createDecipheriv('aes-256-cbc', createSecretKey(key), iv)
    return Buffer.concat([decipher.update(c), decipher.final()])
  },
  sealBox: (m, pk) => out(m.length + 48, o => sodium.crypto_box_seal(o, m, pk)),
  openSealedBox: (c, pk, sk) => out(c.length - 48, o => sodium.crypto_box_seal_open(o, c, pk, sk)),
  secretStream: (key, header, chunks) => {
    const state = new Uint8Array(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES)
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    return intoOne(chunks, 17, (o, chunk) =>
      sodium.crypto_secretstream_xchacha20poly1305_push(state, o, chunk, null, 0),
    )
  },
  openSecretStream: (key, header, chunks) => {
    const state = new Uint8Array(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES)
    const tag = new Uint8Array(1)
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    return intoOne(chunks, -17, (o, chunk) =>
      sodium.crypto_secretstream_xchacha20poly1305_pull(state, o, tag, chunk, null),
    )
  },
}

/** Turns chunks into others that are longer by `growth`, in a row in one array: a file is wanted in one piece. */
function intoOne(
  chunks: readonly Uint8Array[],
  growth: number,
  run: (out: Uint8Array, chunk: Uint8Array) => unknown,
): readonly Uint8Array[] {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length + growth, 0))
  let at = 0
  return chunks.map(chunk => {
    const place = whole.subarray(at, (at += chunk.length + growth))
    run(place, chunk)
    return place
  })
}
