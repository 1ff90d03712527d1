/**
 * The fastest library of a platform, called with nothing around it: raw bytes in, raw bytes out, no checks. A benchmark
 * compares our functions with the calls that they can't avoid.
 */
export interface Bare {
  readonly platform: string
  x25519Base(secretKey: Uint8Array): Uint8Array
  x25519(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array
  ed25519Sign(secretKey64: Uint8Array, message: Uint8Array): Uint8Array
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  ed25519ToX25519(publicKey: Uint8Array): Uint8Array
  pointMultiply(scalar: Uint8Array, point: Uint8Array): Uint8Array
  blake2b(size: number, message: Uint8Array): Uint8Array
  sha256(message: Uint8Array): Uint8Array
  sha512(message: Uint8Array): Uint8Array
  hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array
  xchacha20poly1305Seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  xchacha20poly1305Open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array
  aes256gcmSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  aes256gcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array
  aes256cbc(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array
  aes256cbcOpen(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array
  sealBox(message: Uint8Array, publicKey: Uint8Array): Uint8Array
  openSealedBox(box: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array
  /** Seals all chunks of one stream with a state made for it. */
  secretStream(key: Uint8Array, header: Uint8Array, chunks: readonly Uint8Array[]): readonly Uint8Array[]
  /** Opens them. The chunks must be those of one stream, in their order. */
  openSecretStream(key: Uint8Array, header: Uint8Array, chunks: readonly Uint8Array[]): readonly Uint8Array[]
}
