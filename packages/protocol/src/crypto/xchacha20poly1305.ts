import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'
import type { SymmetricKey } from './secret.ts'

declare const nonce24Brand: unique symbol
/** 24 bytes; long enough to be drawn at random for every message. Spec 10 §2.5. */
export type Nonce24 = Uint8Array & { readonly [nonce24Brand]: true }

/**
 * Checks the length. A view of its argument. Spec 10 §2.5.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function nonce24(bytes: Uint8Array): Nonce24 {
  requireLength(bytes, 24)
  return bytes as Nonce24
}

/** XChaCha20-Poly1305 (IETF), no associated data: ciphertext ‖ tag 16. Spec 10 §2.5. */
export function xchacha20poly1305Seal(key: SymmetricKey, nonce: Nonce24, plaintext: Uint8Array): Uint8Array {
  return backend.xchacha20poly1305Seal(key.expose(), nonce, plaintext)
}

/**
 * The same without a copy, for large data that is wrapped several times: changes its argument, plaintext ‖ 16 bytes of
 * anything, into ciphertext ‖ tag. Spec 20 §4.2.
 * @throws {CryptoError} `crypto.bad-length` under 16 bytes
 */
export function xchacha20poly1305SealInPlace(key: SymmetricKey, nonce: Nonce24, buffer: Uint8Array): void {
  if (buffer.length < 16) throw new CryptoError('crypto.bad-length', { length: buffer.length })
  backend.xchacha20poly1305SealInPlace(key.expose(), nonce, buffer)
}

/** The plaintext, or `undefined` if the data was not sealed with this key and nonce. Spec 10 §2.5. */
export function tryXchacha20poly1305Open(
  key: SymmetricKey,
  nonce: Nonce24,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < 16) return undefined
  return backend.xchacha20poly1305Open(key.expose(), nonce, sealed)
}

/**
 * The same without a copy: changes its argument, in which the plaintext then stands; the answer is a view of it. If it does
 * not open, what it holds is worth nothing any more. Spec 10 §2.5.
 */
export function tryXchacha20poly1305OpenInPlace(
  key: SymmetricKey,
  nonce: Nonce24,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < 16) return undefined
  return backend.xchacha20poly1305OpenInPlace(key.expose(), nonce, sealed) ? sealed.subarray(0, -16) : undefined
}

/**
 * Opens what `xchacha20poly1305Seal` made. Spec 10 §2.5.
 * @throws {CryptoError} `crypto.open-failed`
 */
export function xchacha20poly1305Open(key: SymmetricKey, nonce: Nonce24, sealed: Uint8Array): Uint8Array {
  const plaintext = tryXchacha20poly1305Open(key, nonce, sealed)
  if (plaintext === undefined) throw new CryptoError('crypto.open-failed', { length: sealed.length })
  return plaintext
}
