/** The functions that we use of sodium-native 5.1, which carries no types. Outputs come first and are filled in place. */
declare module 'sodium-native' {
  type Bytes = Uint8Array
  interface SodiumNative {
    readonly crypto_generichash_STATEBYTES: number
    readonly crypto_secretstream_xchacha20poly1305_STATEBYTES: number
    readonly crypto_pwhash_ALG_ARGON2ID13: number
    sodium_memcmp(a: Bytes, b: Bytes): boolean
    sodium_memzero(bytes: Bytes): void
    crypto_generichash(out: Bytes, message: Bytes, key?: Bytes): void
    crypto_generichash_batch(out: Bytes, parts: readonly Bytes[], key?: Bytes): void
    crypto_generichash_init(state: Bytes, key: Bytes | null, size: number): void
    crypto_generichash_update(state: Bytes, piece: Bytes): void
    crypto_generichash_final(state: Bytes, out: Bytes): void
    crypto_pwhash(out: Bytes, password: Bytes, salt: Bytes, passes: number, memory: number, algorithm: number): void
    crypto_scalarmult_base(out: Bytes, secretKey: Bytes): void
    crypto_scalarmult(out: Bytes, secretKey: Bytes, publicKey: Bytes): void
    crypto_sign_seed_keypair(publicKey: Bytes, secretKey: Bytes, seed: Bytes): void
    crypto_sign_detached(out: Bytes, message: Bytes, secretKey: Bytes): void
    crypto_sign_verify_detached(signature: Bytes, message: Bytes, publicKey: Bytes): boolean
    crypto_sign_ed25519_pk_to_curve25519(out: Bytes, publicKey: Bytes): void
    crypto_sign_ed25519_sk_to_curve25519(out: Bytes, secretKey: Bytes): void
    crypto_core_ed25519_scalar_reduce(out: Bytes, wide: Bytes): void
    crypto_core_ed25519_scalar_add(out: Bytes, a: Bytes, b: Bytes): void
    crypto_core_ed25519_scalar_negate(out: Bytes, a: Bytes): void
    crypto_core_ed25519_scalar_invert(out: Bytes, a: Bytes): void
    crypto_core_ed25519_is_valid_point(point: Bytes): boolean
    crypto_scalarmult_ed25519_noclamp(out: Bytes, scalar: Bytes, point: Bytes): void
    crypto_scalarmult_ed25519_base_noclamp(out: Bytes, scalar: Bytes): void
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      out: Bytes,
      plaintext: Bytes,
      additional: Bytes | null,
      secretNonce: null,
      nonce: Bytes,
      key: Bytes,
    ): number
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      out: Bytes,
      secretNonce: null,
      sealed: Bytes,
      additional: Bytes | null,
      nonce: Bytes,
      key: Bytes,
    ): number
    crypto_box_easy(out: Bytes, message: Bytes, nonce: Bytes, publicKey: Bytes, secretKey: Bytes): void
    crypto_box_seal(out: Bytes, message: Bytes, publicKey: Bytes): void
    crypto_box_seal_open(out: Bytes, box: Bytes, publicKey: Bytes, secretKey: Bytes): boolean
    crypto_secretbox_open_easy(out: Bytes, box: Bytes, nonce: Bytes, key: Bytes): boolean
    crypto_secretstream_xchacha20poly1305_init_pull(state: Bytes, header: Bytes, key: Bytes): void
    crypto_secretstream_xchacha20poly1305_push(
      state: Bytes,
      out: Bytes,
      plaintext: Bytes,
      additional: Bytes | null,
      tag: number,
    ): number
    crypto_secretstream_xchacha20poly1305_pull(
      state: Bytes,
      out: Bytes,
      tag: Bytes,
      sealed: Bytes,
      additional: Bytes | null,
    ): number
  }
  const sodium: SodiumNative
  export default sodium
}
