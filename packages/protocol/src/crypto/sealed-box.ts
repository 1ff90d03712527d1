import { backend } from '#backend'
import { concatBytes } from '../encoding/index.ts'
import { blake2b } from './blake2b.ts'
import { CryptoError } from './crypto-error.ts'
import type { SymmetricKey } from './secret.ts'
import type { X25519KeyPair, X25519PublicKey } from './x25519.ts'

/** A sealed box is this much longer than what is in it: ephemeral public key 32, tag 16. Spec 10 §2.2. */
export const SEALED_BOX_OVERHEAD = 48

/**
 * libsodium's sealed box from its parts: ephemeral public key ‖ box with nonce BLAKE2b-24(ephemeral pk ‖ recipient).
 * `ephemeral` must be fresh for every box. Spec 10 §2.2.
 * @throws {CryptoError} `crypto.weak-key`
 */
export function sealBox(message: Uint8Array, recipient: X25519PublicKey, ephemeral: X25519KeyPair): Uint8Array {
  const nonce = blake2b(24, ephemeral.publicKey, recipient)
  const box = backend.box(message, nonce, recipient, ephemeral.secretKey.expose())
  if (box === undefined) throw new CryptoError('crypto.weak-key')
  return concatBytes(ephemeral.publicKey, box)
}

/** What is in the box, or `undefined` if it is not for this key pair or was changed. Spec 10 §2.2. */
export function openSealedBox(box: Uint8Array, recipient: X25519KeyPair): Uint8Array | undefined {
  if (box.length < SEALED_BOX_OVERHEAD) return undefined
  return backend.openSealedBox(box, recipient.publicKey, recipient.secretKey.expose())
}

/** XSalsa20-Poly1305 with a 24-byte nonce, tag first: read for records of the name service that predate 2020. Spec 10 §8. */
export function openSecretBox(key: SymmetricKey, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined {
  if (box.length < 16 || nonce.length !== 24) return undefined
  return backend.openSecretBox(key.expose(), nonce, box)
}
