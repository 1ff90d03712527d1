import { ed25519 } from '@noble/curves/ed25519.js'
import { backend } from '#backend'
import { concatBytes } from '../encoding/index.ts'
import type { Ed25519PublicKey, Ed25519Signature, Ed25519KeyPair } from './ed25519.ts'
import { CryptoError, requireLength } from './crypto-error.ts'
import { Secret } from './secret.ts'
import { sha512 } from './sha.ts'
import type { X25519PublicKey } from './x25519.ts'

/** An integer modulo L, the order of the Ed25519 base point; 32 bytes, little-endian. Spec 10 §2.3. */
export class Scalar extends Secret {
  override readonly kind = 'Scalar'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}

/**
 * 64 bytes, little-endian, reduced modulo L. Spec 10 §2.3.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function reduceScalar(wide: Uint8Array): Scalar {
  requireLength(wide, 64)
  return new Scalar(backend.scalarReduce(wide))
}

/** a · b modulo L. Spec 10 §2.3. */
export function multiplyScalars(a: Scalar, b: Scalar): Scalar {
  return new Scalar(backend.scalarMultiply(a.expose(), b.expose()))
}

/** a + b modulo L. Spec 10 §2.3. */
export function addScalars(a: Scalar, b: Scalar): Scalar {
  return new Scalar(backend.scalarAdd(a.expose(), b.expose()))
}

/** −a modulo L. Spec 10 §2.3. */
export function negateScalar(a: Scalar): Scalar {
  return new Scalar(backend.scalarNegate(a.expose()))
}

/**
 * 1/a modulo L. Spec 40 §2.1.
 * @throws {CryptoError} `crypto.weak-key` for zero
 */
export function invertScalar(a: Scalar): Scalar {
  const inverse = backend.scalarInvert(a.expose())
  // One backend refuses zero, the other answers zero.
  if (inverse === undefined || inverse.every(byte => byte === 0)) throw new CryptoError('crypto.weak-key')
  return new Scalar(inverse)
}

/** The private scalar of a key pair: the clamped first half of SHA-512(seed), not reduced. Spec 10 §2.3. */
export function privateScalar(keyPair: Ed25519KeyPair): Scalar {
  return new Scalar(backend.ed25519SecretToX25519(keyPair.expose()))
}

/**
 * scalar · point, without clamping ("noclamp" in our documents). Spec 10 §2.3.
 * @throws {CryptoError} `crypto.bad-point` for a point outside the main subgroup, or a product that is the identity
 */
export function multiplyPoint(scalar: Scalar, point: Ed25519PublicKey): Ed25519PublicKey {
  const product = backend.pointMultiply(scalar.expose(), point)
  if (product === undefined) throw new CryptoError('crypto.bad-point')
  return product as Ed25519PublicKey
}

/**
 * scalar · G, without clamping. Spec 10 §2.3.
 * @throws {CryptoError} `crypto.weak-key` for a scalar that is zero modulo L
 */
export function multiplyBasePoint(scalar: Scalar): Ed25519PublicKey {
  const product = backend.pointMultiplyBase(scalar.expose())
  if (product === undefined) throw new CryptoError('crypto.weak-key')
  return product as Ed25519PublicKey
}

/** True for a canonical point of the main subgroup that is not of small order. Spec 40 §3. */
export function isValidPoint(point: Ed25519PublicKey): boolean {
  return backend.isValidPoint(point)
}

/** Whether the point's x coordinate is odd: the highest bit of its last byte. Spec 10 §2.3. */
export function signBit(point: Ed25519PublicKey): 0 | 1 {
  return ((point[31] ?? 0) & 0x80) === 0 ? 0 : 1
}

/** The same point with the sign bit given: the point itself or its negative. Spec 10 §2.3. */
export function withSignBit(point: Ed25519PublicKey, bit: 0 | 1): Ed25519PublicKey {
  const copy = Uint8Array.from(point)
  copy[31] = ((copy[31] ?? 0) & 0x7f) | (bit << 7)
  return copy as Ed25519PublicKey
}

/**
 * The Edwards point, with sign bit 0, of an X25519 public key: y = (u − 1)/(u + 1). Spec 10 §2.3.
 * @throws {CryptoError} `crypto.bad-point` where no such point exists
 */
export function x25519ToEd25519(publicKey: X25519PublicKey): Ed25519PublicKey {
  const point = tryX25519ToEd25519(publicKey)
  if (point === undefined) throw new CryptoError('crypto.bad-point')
  return point
}

/** The same, or `undefined` where no such point exists. Spec 30 §6.5. */
export function tryX25519ToEd25519(publicKey: X25519PublicKey): Ed25519PublicKey | undefined {
  const { Fp } = ed25519.Point
  // RFC 7748: the top bit of u is ignored, and values past p are reduced.
  const u = Fp.create(littleEndian(withSignBit(publicKey as Uint8Array as Ed25519PublicKey, 0)))
  const denominator = Fp.add(u, Fp.ONE)
  if (Fp.is0(denominator)) return undefined
  const y = Fp.mul(Fp.sub(u, Fp.ONE), Fp.inv(denominator))
  const point = Uint8Array.from(Fp.toBytes(y)) as Ed25519PublicKey
  return backend.isValidPoint(point) ? point : undefined
}

/**
 * A signature that verifies under `publicKey` = secret · G, made with a nonce scalar r that the caller derived:
 * R = r·G, S = r + SHA-512(R ‖ publicKey ‖ message)·secret. The nonce must never repeat for another message.
 * Spec 40 §2.3.
 */
export function signWithScalar(
  secret: Scalar,
  publicKey: Ed25519PublicKey,
  nonce: Scalar,
  message: Uint8Array,
): Ed25519Signature {
  const r = multiplyBasePoint(nonce)
  const challenge = reduceScalar(sha512(r, publicKey, message))
  const s = addScalars(nonce, multiplyScalars(challenge, secret))
  return concatBytes(r, s.expose()) as Ed25519Signature
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] ?? 0)
  return value
}
