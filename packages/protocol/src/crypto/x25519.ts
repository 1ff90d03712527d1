import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'
import { Secret } from './secret.ts'

declare const x25519PublicKeyBrand: unique symbol
/** 32 bytes, the u coordinate, little-endian. Spec 10 §1.1. */
export type X25519PublicKey = Uint8Array & { readonly [x25519PublicKeyBrand]: true }

/**
 * Checks the length and nothing else; weak points are refused where the key is used. A view of its argument.
 * Spec 10 §1.1.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function x25519PublicKey(bytes: Uint8Array): X25519PublicKey {
  requireLength(bytes, 32)
  return bytes as X25519PublicKey
}

/** 32 bytes; clamped where it is used, so any 32 random bytes make a key. Spec 10 §1.1. */
export class X25519SecretKey extends Secret {
  override readonly kind = 'X25519SecretKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}

/** A secret key and the public key that belongs to it: computed here, so they always match. Spec 10 §1.1. */
export class X25519KeyPair {
  readonly secretKey: X25519SecretKey
  readonly publicKey: X25519PublicKey

  constructor(secretKey: X25519SecretKey) {
    this.secretKey = secretKey
    this.publicKey = backend.x25519Base(secretKey.expose()) as X25519PublicKey
  }
}

/**
 * Diffie-Hellman: 32 bytes that both sides can compute. Hash them before use as a key. Spec 20 §4.2.
 * @throws {CryptoError} `crypto.weak-key` when the peer's key has small order
 */
export function x25519(secretKey: X25519SecretKey, publicKey: X25519PublicKey): Uint8Array {
  const shared = backend.x25519(secretKey.expose(), publicKey)
  if (shared === undefined) throw new CryptoError('crypto.weak-key')
  return shared
}
