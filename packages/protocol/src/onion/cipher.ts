import { type Json } from '../encoding/index.ts'
import { OnionError } from './onion-error.ts'

/** How a layer is encrypted: `aes-gcm` on the existing network, `xchacha20` on native paths. Spec 20 §4.2. */
export type OnionCipher = 'aes-gcm' | 'xchacha20'

/** AES-CBC, which nobody sends any more, is not among them. */
const ciphersByName: ReadonlyMap<Json, OnionCipher> = new Map([
  ['aes-gcm', 'aes-gcm'],
  ['gcm', 'aes-gcm'],
  ['xchacha20', 'xchacha20'],
  ['xchacha20-poly1305', 'xchacha20'],
])

/**
 * Reads `enc_type`, where `undefined` is an absent one and means AES-GCM. Spec 20 §4.1.
 * @throws {OnionError} `onion.unknown-cipher`
 */
export function parseOnionCipher(name: Json | undefined): OnionCipher {
  const cipher = name === undefined ? 'aes-gcm' : ciphersByName.get(name)
  if (cipher === undefined) throw new OnionError('onion.unknown-cipher')
  return cipher
}

/** Bytes of the nonce that stands in front of a sealed layer. Spec 20 §4.2. */
export function nonceSize(cipher: OnionCipher): 12 | 24 {
  return cipher === 'aes-gcm' ? 12 : 24
}

/** By how many bytes a sealed layer is longer than its plaintext: nonce and tag 16. Spec 20 §4.2. */
export function layerOverhead(cipher: OnionCipher): 28 | 40 {
  return cipher === 'aes-gcm' ? 28 : 40
}
