import { backend } from '#backend'
import { CryptoError, requireLength } from './crypto-error.ts'
import type { SymmetricKey } from './secret.ts'

declare const nonce12Brand: unique symbol
/** 12 bytes; never twice with one key. Spec 20 §4.2. */
export type Nonce12 = Uint8Array & { readonly [nonce12Brand]: true }

/**
 * Checks the length. A view of its argument. Spec 20 §4.2.
 * @throws {CryptoError} `crypto.bad-length`
 */
export function nonce12(bytes: Uint8Array): Nonce12 {
  requireLength(bytes, 12)
  return bytes as Nonce12
}

/** AES-256-GCM, no associated data: ciphertext ‖ tag 16. Spec 20 §4.2. */
export function aes256gcmSeal(key: SymmetricKey, nonce: Nonce12, plaintext: Uint8Array): Uint8Array {
  return backend.aes256gcmSeal(key.expose(), nonce, plaintext)
}

/**
 * The same without a copy, for large data that is wrapped several times: changes its argument, plaintext ‖ 16 bytes of
 * anything, into ciphertext ‖ tag. Spec 20 §4.2.
 * @throws {CryptoError} `crypto.bad-length` under 16 bytes
 */
export function aes256gcmSealInPlace(key: SymmetricKey, nonce: Nonce12, buffer: Uint8Array): void {
  if (buffer.length < 16) throw new CryptoError('crypto.bad-length', { length: buffer.length })
  backend.aes256gcmSealInPlace(key.expose(), nonce, buffer)
}

/** The plaintext, or `undefined` if the data was not sealed with this key and nonce. Spec 20 §4.2. */
export function tryAes256gcmOpen(key: SymmetricKey, nonce: Nonce12, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 16) return undefined
  return backend.aes256gcmOpen(key.expose(), nonce, sealed)
}

/**
 * The same without a copy: changes its argument, in which the plaintext then stands; the answer is a view of it. If it does
 * not open, what it holds is worth nothing any more. Spec 20 §4.2.
 */
export function tryAes256gcmOpenInPlace(key: SymmetricKey, nonce: Nonce12, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 16) return undefined
  return backend.aes256gcmOpenInPlace(key.expose(), nonce, sealed) ? sealed.subarray(0, -16) : undefined
}

/**
 * Opens what `aes256gcmSeal` made. Spec 20 §4.2.
 * @throws {CryptoError} `crypto.open-failed`
 */
export function aes256gcmOpen(key: SymmetricKey, nonce: Nonce12, sealed: Uint8Array): Uint8Array {
  const plaintext = tryAes256gcmOpen(key, nonce, sealed)
  if (plaintext === undefined) throw new CryptoError('crypto.open-failed', { length: sealed.length })
  return plaintext
}
