/** State of a hash. Memory of the library stays taken until `finish`, which is called once. */
export interface HashState {
  update(piece: Uint8Array): void
  finish(): Uint8Array
}

/** State of a secretstream; which direction it serves is the caller's business. */
export interface SecretStreamState {
  /** Writes into `out`, which is 17 bytes longer than the plaintext, or into a fresh array. */
  push(plaintext: Uint8Array, tag: number, out: Uint8Array | undefined): Uint8Array
  /**
   * `undefined` for a chunk that does not open. The caller has checked that it has 17 bytes at least. Writes into `out`,
   * which is 17 bytes shorter, or into a fresh array.
   */
  pull(
    sealed: Uint8Array,
    out: Uint8Array | undefined,
  ): { readonly plaintext: Uint8Array; readonly tag: number } | undefined
  /** Frees the state. May be called again. */
  close(): void
}

/**
 * The algorithms, as one platform does them fastest. Callers have checked every length, so a backend throws only when a
 * library is broken; what depends on data from outside comes back as `undefined` or `false`. Every result is a fresh
 * array, never a `Buffer`. The same vectors and properties run against each backend.
 */
export interface Backend {
  /** For benchmarks and test titles. */
  readonly name: 'node' | 'wasm'
  equal(a: Uint8Array, b: Uint8Array): boolean

  blake2b(size: number, parts: readonly Uint8Array[], key: Uint8Array | undefined): Uint8Array
  createBlake2b(
    size: number,
    key: Uint8Array | undefined,
    salt: Uint8Array | undefined,
    personalisation: Uint8Array | undefined,
  ): HashState
  sha256(parts: readonly Uint8Array[]): Uint8Array
  createSha256(): HashState
  sha512(parts: readonly Uint8Array[]): Uint8Array
  sha3256(parts: readonly Uint8Array[]): Uint8Array
  shake256(size: number, parts: readonly Uint8Array[]): Uint8Array
  hmacSha256(key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array
  createHmacSha256(key: Uint8Array): HashState
  argon2id(size: number, password: Uint8Array, salt: Uint8Array, passes: number, memoryBytes: number): Uint8Array

  x25519Base(secretKey: Uint8Array): Uint8Array
  x25519(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined
  /** seed 32 ‖ public key 32 */
  ed25519SecretKey(seed: Uint8Array): Uint8Array
  ed25519Sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  ed25519ToX25519(publicKey: Uint8Array): Uint8Array | undefined
  ed25519SecretToX25519(secretKey: Uint8Array): Uint8Array

  scalarReduce(wide: Uint8Array): Uint8Array
  scalarMultiply(a: Uint8Array, b: Uint8Array): Uint8Array
  scalarAdd(a: Uint8Array, b: Uint8Array): Uint8Array
  scalarNegate(a: Uint8Array): Uint8Array
  scalarInvert(a: Uint8Array): Uint8Array | undefined
  pointMultiply(scalar: Uint8Array, point: Uint8Array): Uint8Array | undefined
  pointMultiplyBase(scalar: Uint8Array): Uint8Array | undefined
  isValidPoint(point: Uint8Array): boolean

  xchacha20poly1305Seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  xchacha20poly1305Open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
  /** Changes the buffer, plaintext ‖ 16 spare bytes, into ciphertext ‖ tag. */
  xchacha20poly1305SealInPlace(key: Uint8Array, nonce: Uint8Array, buffer: Uint8Array): void
  /** Changes what is sealed: its plaintext stands where the ciphertext did. False if it does not open, and then rubbish does. */
  xchacha20poly1305OpenInPlace(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): boolean
  aes256gcmSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  aes256gcmSealInPlace(key: Uint8Array, nonce: Uint8Array, buffer: Uint8Array): void
  aes256gcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
  aes256gcmOpenInPlace(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): boolean
  /** CBC without padding; a whole number of blocks. */
  aes256cbcEncryptBlocks(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Uint8Array
  aes256cbcDecryptBlocks(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Uint8Array
  /** X25519, XSalsa20-Poly1305, tag first. */
  box(message: Uint8Array, nonce: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array | undefined
  openSealedBox(box: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array | undefined
  openSecretBox(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined
  createSecretStream(key: Uint8Array, header: Uint8Array): SecretStreamState

  mlKem768KeyPair(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array }
  mlKem768Encapsulate(
    publicKey: Uint8Array,
    random: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array } | undefined
  mlKem768Decapsulate(secretKey: Uint8Array, ciphertext: Uint8Array): Uint8Array
  xWingPublicKey(secretKey: Uint8Array): Uint8Array
  xWingEncapsulate(
    publicKey: Uint8Array,
    random: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array } | undefined
  xWingDecapsulate(secretKey: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined
}
