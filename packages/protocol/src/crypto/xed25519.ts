import { utf8Encode } from '../encoding/index.ts'
import { blake2bWith } from './blake2b.ts'
import type { Ed25519Signature } from './ed25519.ts'
import { ed25519Verify } from './ed25519.ts'
import {
  multiplyBasePoint,
  negateScalar,
  reduceScalar,
  Scalar,
  signBit,
  signWithScalar,
  tryX25519ToEd25519,
  withSignBit,
} from './edwards.ts'
import { requireLength } from './crypto-error.ts'
import type { X25519PublicKey, X25519SecretKey } from './x25519.ts'

const personalisation = utf8Encode('xed25519signatur')

/**
 * Signs with an X25519 secret key; the signature verifies under the Edwards form, sign bit 0, of its public key.
 * `random` is 64 fresh random bytes. Spec 30 §6.5.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function xed25519Sign(secretKey: X25519SecretKey, message: Uint8Array, random: Uint8Array): Ed25519Signature {
  requireLength(random, 64)
  const clamped = clamp(secretKey)
  const point = multiplyBasePoint(clamped)
  // The clamped scalar is hashed as it is, its negative reduced: both give the same S, only known answers can tell.
  const secret = signBit(point) === 1 ? negateScalar(clamped) : clamped
  const nonce = reduceScalar(blake2bWith(64, { personalisation }, secret.expose(), message, random))
  return signWithScalar(secret, withSignBit(point, 0), nonce, message)
}

/** Verifies a signature made by `xed25519Sign` with the X25519 public key alone. Spec 30 §6.5. */
export function xed25519Verify(publicKey: X25519PublicKey, message: Uint8Array, signature: Ed25519Signature): boolean {
  const point = tryX25519ToEd25519(publicKey)
  return point !== undefined && ed25519Verify(point, message, signature)
}

function clamp(secretKey: X25519SecretKey): Scalar {
  const bytes = Uint8Array.from(secretKey.expose())
  bytes[0] = (bytes[0] ?? 0) & 0xf8
  bytes[31] = ((bytes[31] ?? 0) & 0x7f) | 0x40
  return new Scalar(bytes)
}
