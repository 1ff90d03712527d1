import { backend } from '#backend'
import { utf8Encode } from '../encoding/index.ts'
import { CryptoError, requireLength } from './crypto-error.ts'
import type { Encapsulation } from './ml-kem.ts'
import { Secret } from './secret.ts'
import { sha3256 } from './sha.ts'

/** The 32 bytes that an X-Wing key pair grows from; they are also its secret key. Spec 10 §2.6. */
export class XWingSecretKey extends Secret {
  override readonly kind = 'XWingSecretKey'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}

/** The public key of a secret one: ML-KEM-768 1184 ‖ X25519 32. Spec 10 §2.6. */
export function xWingPublicKey(secretKey: XWingSecretKey): Uint8Array {
  return backend.xWingPublicKey(secretKey.expose())
}

/**
 * Encapsulates with 64 given random bytes (ML-KEM coins 32 ‖ X25519 ephemeral 32); the ciphertext has 1120 bytes.
 * Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`, `crypto.bad-point`
 */
export function xWingEncapsulate(publicKey: Uint8Array, random: Uint8Array): Encapsulation {
  requireLength(publicKey, 1216)
  requireLength(random, 64)
  const result = backend.xWingEncapsulate(publicKey, random)
  if (result === undefined) throw new CryptoError('crypto.bad-point')
  return result
}

/**
 * The shared secret, 32 bytes. A changed ciphertext gives another secret, not an error. Spec 10 §2.6.
 * @throws {CryptoError} `crypto.bad-length`, `crypto.weak-key`
 */
export function xWingDecapsulate(secretKey: XWingSecretKey, ciphertext: Uint8Array): Uint8Array {
  requireLength(ciphertext, 1120)
  const shared = backend.xWingDecapsulate(secretKey.expose(), ciphertext)
  if (shared === undefined) throw new CryptoError('crypto.weak-key')
  return shared
}

/**
 * X-Wing's combiner alone, for formats that carry the two halves apart (spec 10 §2.6):
 * SHA3-256(ML-KEM secret ‖ X25519 secret ‖ ephemeral public key ‖ recipient public key ‖ label).
 */
export function xWingCombine(
  mlKemSecret: Uint8Array,
  x25519Secret: Uint8Array,
  ephemeral: Uint8Array,
  recipient: Uint8Array,
): Uint8Array {
  return sha3256(mlKemSecret, x25519Secret, ephemeral, recipient, label)
}

/** The six characters of X-Wing's label, 5c2e2f2f5e5c. */
const label = utf8Encode('\\.//^\\')
