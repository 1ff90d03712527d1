import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'
import { Secret } from './secret.ts'

declare const mlKemPublicKeyBrand: unique symbol
/** 1184 bytes. Spec 10 §2.6. */
export type MlKem768PublicKey = Uint8Array & { readonly [mlKemPublicKeyBrand]: true }

/**
 * Checks the length. A view of its argument. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function mlKem768PublicKey(bytes: Uint8Array): MlKem768PublicKey {
  requireLength(bytes, 1184)
  return bytes as MlKem768PublicKey
}

/** 2400 bytes, the expanded decapsulation key. Spec 10 §2.6. */
export class MlKem768SecretKey extends Secret {
  override readonly kind = 'MlKem768SecretKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 2400)
  }
}

/** A key pair of ML-KEM-768 (FIPS 203). Spec 10 §2.6. */
export interface MlKem768KeyPair {
  readonly publicKey: MlKem768PublicKey
  readonly secretKey: MlKem768SecretKey
}

/** `ciphertext` goes to the owner of the public key; both then have `sharedSecret`, 32 bytes. Spec 10 §2.6. */
export interface Encapsulation {
  readonly ciphertext: Uint8Array
  readonly sharedSecret: Uint8Array
}

/**
 * Derives a key pair from its 64-byte seed d ‖ z. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function mlKem768KeyPair(seed: Uint8Array): MlKem768KeyPair {
  requireLength(seed, 64)
  const { publicKey, secretKey } = backend.mlKem768KeyPair(seed)
  return { publicKey: publicKey as MlKem768PublicKey, secretKey: new MlKem768SecretKey(secretKey) }
}

/**
 * Encapsulates with 32 given random bytes; the ciphertext has 1088 bytes. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`, `crypto.bad-point` for a public key that is not well-formed
 */
export function mlKem768Encapsulate(publicKey: MlKem768PublicKey, random: Uint8Array): Encapsulation {
  requireLength(random, 32)
  const result = backend.mlKem768Encapsulate(publicKey, random)
  if (result === undefined) throw new CryptoError('crypto.bad-point')
  return result
}

/**
 * The shared secret, 32 bytes. A changed ciphertext gives another secret, not an error. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function mlKem768Decapsulate(secretKey: MlKem768SecretKey, ciphertext: Uint8Array): Uint8Array {
  requireLength(ciphertext, 1088)
  return backend.mlKem768Decapsulate(secretKey.expose(), ciphertext)
}
