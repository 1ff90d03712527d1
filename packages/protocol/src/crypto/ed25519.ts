import { backend } from '#backend'
import { wipeBytes } from './bytes.ts'
import { CryptoError, requireLength } from './crypto-error.ts'
import { Secret } from './secret.ts'
import { X25519KeyPair, type X25519PublicKey, X25519SecretKey } from './x25519.ts'

declare const ed25519PublicKeyBrand: unique symbol
/** 32 bytes, a compressed Edwards point. Only its length has been checked. Spec 10 §1.1. */
export type Ed25519PublicKey = Uint8Array & { readonly [ed25519PublicKeyBrand]: true }

declare const ed25519SignatureBrand: unique symbol
/** 64 bytes, R ‖ S. Only its length has been checked. Spec 20 §3.2. */
export type Ed25519Signature = Uint8Array & { readonly [ed25519SignatureBrand]: true }

/**
 * Checks the length; the point is checked where it is used. A view of its argument. Spec 10 §1.1.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function ed25519PublicKey(bytes: Uint8Array): Ed25519PublicKey {
  requireLength(bytes, 32)
  return bytes as Ed25519PublicKey
}

/**
 * Checks the length. A view of its argument. Spec 20 §3.2.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function ed25519Signature(bytes: Uint8Array): Ed25519Signature {
  requireLength(bytes, 64)
  return bytes as Ed25519Signature
}

/** The 32 bytes that an Ed25519 key pair grows from. Spec 10 §1.1. */
export class Ed25519Seed extends Secret {
  override readonly kind = 'Ed25519Seed'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}

/**
 * A signing key with its public key. Both come from the seed here and nowhere else: signing with a public key that does
 * not belong to the secret one would give the secret away. Exposes seed 32 ‖ public key 32, libsodium's secret key.
 * Spec 10 §1.1.
 */
export class Ed25519KeyPair extends Secret {
  override readonly kind = 'Ed25519KeyPair'
  readonly seed: Ed25519Seed
  readonly publicKey: Ed25519PublicKey

  constructor(seed: Ed25519Seed) {
    const secretKey = backend.ed25519SecretKey(seed.expose())
    super(secretKey, 64)
    this.seed = seed
    this.publicKey = secretKey.slice(32) as Ed25519PublicKey
    wipeBytes(secretKey)
  }

  override wipe(): void {
    this.seed.wipe()
    super.wipe()
  }
}

/** Signs; deterministic, RFC 8032. Spec 20 §3.2, spec 40 §3. */
export function ed25519Sign(keyPair: Ed25519KeyPair, message: Uint8Array): Ed25519Signature {
  return backend.ed25519Sign(keyPair.expose(), message) as Ed25519Signature
}

/**
 * True only for a valid signature. Non-canonical encodings and keys of small order are refused, as libsodium does;
 * servers and clients must agree on that. Spec 70 §6.1.
 */
export function ed25519Verify(publicKey: Ed25519PublicKey, message: Uint8Array, signature: Ed25519Signature): boolean {
  return backend.ed25519Verify(publicKey, message, signature)
}

/**
 * The X25519 form of a public key. Spec 10 §1.1.
 * @throws {CryptoError} `crypto.bad-point` for bytes that are no point of the main subgroup
 */
export function ed25519ToX25519(publicKey: Ed25519PublicKey): X25519PublicKey {
  const converted = tryEd25519ToX25519(publicKey)
  if (converted === undefined) throw new CryptoError('crypto.bad-point')
  return converted
}

/** The same, or `undefined` for bytes that are no point of the main subgroup. Spec 10 §1.1. */
export function tryEd25519ToX25519(publicKey: Ed25519PublicKey): X25519PublicKey | undefined {
  return backend.ed25519ToX25519(publicKey) as X25519PublicKey | undefined
}

/**
 * The X25519 form of an Ed25519 key; `undefined` for one that has none. Either `tryEd25519ToX25519`, which takes nearly as
 * long as the check of a signature, or what remembers its answers for whoever meets the same keys again. Spec 10 §1.1.
 */
export type KeyConversion = (key: Ed25519PublicKey) => X25519PublicKey | undefined

/** The X25519 key pair of an Ed25519 one: secret = clamped first half of SHA-512(seed). Spec 10 §1.1. */
export function ed25519KeyPairToX25519(keyPair: Ed25519KeyPair): X25519KeyPair {
  const bytes = backend.ed25519SecretToX25519(keyPair.expose())
  const secretKey = new X25519SecretKey(bytes)
  wipeBytes(bytes)
  return new X25519KeyPair(secretKey)
}
