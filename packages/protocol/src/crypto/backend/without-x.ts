import { hchacha } from '@noble/ciphers/chacha.js'

/** "expand 32-byte k" */
const sigma = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574)

/**
 * XChaCha20-Poly1305 is ChaCha20-Poly1305 under a key that HChaCha20 makes of the key and the first 16 bytes of the nonce,
 * with zeros 4 ‖ the other 8 as its nonce. Does something with both of these.
 */
export function withoutX<T>(key: Uint8Array, nonce: Uint8Array, run: (key: Uint8Array, nonce: Uint8Array) => T): T {
  // Copies: words cannot begin just anywhere.
  const words = new Uint32Array(new Uint8Array(key).buffer)
  const subkey = new Uint32Array(8)
  hchacha(sigma, words, new Uint32Array(new Uint8Array(nonce.subarray(0, 16)).buffer), subkey)
  const short = new Uint8Array(12)
  short.set(nonce.subarray(16), 4)
  try {
    return run(new Uint8Array(subkey.buffer), short)
  } finally {
    words.fill(0)
    subkey.fill(0)
  }
}
