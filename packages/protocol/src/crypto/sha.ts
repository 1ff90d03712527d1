import { backend } from '#backend'
import { guardHasher, type Hasher } from './hasher.ts'

/** SHA-256 of the parts in a row; 32 bytes. Spec 10 §6.2. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return backend.sha256(parts)
}

/** SHA-256 over data that arrives in pieces. Spec 10 §6.2. */
export function createSha256(): Hasher {
  return guardHasher(backend.createSha256())
}

/** SHA-512 of the parts in a row; 64 bytes. Spec 10 §1.1, spec 40 §2.3. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return backend.sha512(parts)
}

/** SHA3-256 of the parts in a row; 32 bytes. Spec 10 §2.6. */
export function sha3256(...parts: readonly Uint8Array[]): Uint8Array {
  return backend.sha3256(parts)
}

/** The first `size` bytes of SHAKE256 over the parts in a row. Spec 10 §2.6. */
export function shake256(size: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return backend.shake256(size, parts)
}

/** HMAC-SHA-256 of the parts in a row; 32 bytes. The key may have any length. Spec 20 §4.2. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return backend.hmacSha256(key, parts)
}

/** HMAC-SHA-256 over data that arrives in pieces. Spec 10 §6.2. */
export function createHmacSha256(key: Uint8Array): Hasher {
  return guardHasher(backend.createHmacSha256(key))
}
