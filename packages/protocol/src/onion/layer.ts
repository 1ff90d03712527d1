import {
  aes256gcmSealInPlace,
  nonce12,
  nonce24,
  tryAes256gcmOpen,
  tryAes256gcmOpenInPlace,
  tryXchacha20poly1305Open,
  tryXchacha20poly1305OpenInPlace,
  type X25519KeyPair,
  type X25519PublicKey,
  xchacha20poly1305SealInPlace,
} from '../crypto/index.ts'
import { nonceSize, type OnionCipher } from './cipher.ts'
import { deriveLayerKey, type LayerKey } from './layer-key.ts'
import { OnionError } from './onion-error.ts'

const TAG_SIZE = 16

/**
 * `blob` is nonce ‖ ciphertext ‖ tag 16; the nonce is 12 bytes for AES-GCM, 24 for XChaCha20. `key` opens the answer.
 * Spec 20 §4.2.
 */
export interface SealedLayer {
  readonly blob: Uint8Array
  readonly key: LayerKey
}

/**
 * Seals bytes to one node, no associated data. Spec 20 §4.2.
 * @throws {OnionError} `onion.bad-nonce`, `onion.bad-key`
 */
export function sealLayer(
  cipher: OnionCipher,
  plaintext: Uint8Array,
  node: X25519PublicKey,
  ephemeral: X25519KeyPair,
  nonce: Uint8Array,
): SealedLayer {
  const key = deriveLayerKey(cipher, ephemeral, node)
  return { blob: sealWithLayerKey(plaintext, key, nonce), key }
}

/**
 * Seals bytes with a key that both sides have already: a reply. Gives nonce ‖ ciphertext ‖ tag 16. The nonce must be
 * a fresh one. Of a plaintext in pieces each is copied once. Spec 20 §4.4.
 * @throws {OnionError} `onion.bad-nonce`
 */
export function sealWithLayerKey(
  plaintext: Uint8Array | readonly Uint8Array[],
  key: LayerKey,
  nonce: Uint8Array,
): Uint8Array {
  const pieces = plaintext instanceof Uint8Array ? [plaintext] : plaintext
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  const blob = new Uint8Array(nonceSize(key.cipher) + size + TAG_SIZE)
  let at: number = nonceSize(key.cipher)
  for (const piece of pieces) {
    blob.set(piece, at)
    at += piece.length
  }
  sealInPlace(blob, key, nonce)
  return blob
}

/**
 * Opens a sealed layer or reply. Spec 20 §4.2, §4.4.
 * @throws {OnionError} `onion.bad-ciphertext`
 */
export function openLayer(blob: Uint8Array, key: LayerKey): Uint8Array {
  const plaintext = tryOpenLayer(blob, key)
  if (plaintext === undefined) throw new OnionError('onion.bad-ciphertext', { length: blob.length })
  return plaintext
}

/**
 * The same without a copy, for whoever has no further use for the blob: changes its argument, of which the plaintext is a
 * view. Ten megabytes of fresh memory cost more than to open them. Spec 20 §4.2.
 * @throws {OnionError} `onion.bad-ciphertext`, and then the blob is worth nothing any more
 */
export function openLayerInPlace(blob: Uint8Array, key: LayerKey): Uint8Array {
  const plaintext = open(blob, key, inPlace)
  if (plaintext === undefined) throw new OnionError('onion.bad-ciphertext', { length: blob.length })
  return plaintext
}

/** The plaintext, or `undefined` if the blob was not sealed with this key. Spec 20 §4.2, §4.4. */
export function tryOpenLayer(blob: Uint8Array, key: LayerKey): Uint8Array | undefined {
  return open(blob, key, intoFresh)
}

/**
 * Changes its argument, room for the nonce ‖ plaintext ‖ 16 spare bytes, into a sealed layer. An onion is built in one
 * array this way, each layer around the one before, so that ten megabytes are not copied four times.
 * @throws {OnionError} `onion.bad-nonce`
 */
export function sealInPlace(buffer: Uint8Array, { cipher, key }: LayerKey, nonce: Uint8Array): void {
  const size = nonceSize(cipher)
  if (nonce.length !== size) throw new OnionError('onion.bad-nonce', { length: nonce.length, expected: size })
  buffer.set(nonce)
  const sealed = buffer.subarray(size)
  if (cipher === 'aes-gcm') aes256gcmSealInPlace(key, nonce12(nonce), sealed)
  else xchacha20poly1305SealInPlace(key, nonce24(nonce), sealed)
}

interface Openers {
  readonly aes: typeof tryAes256gcmOpen
  readonly chacha: typeof tryXchacha20poly1305Open
}

const intoFresh: Openers = { aes: tryAes256gcmOpen, chacha: tryXchacha20poly1305Open }
const inPlace: Openers = { aes: tryAes256gcmOpenInPlace, chacha: tryXchacha20poly1305OpenInPlace }

function open(blob: Uint8Array, { cipher, key }: LayerKey, { aes, chacha }: Openers): Uint8Array | undefined {
  const size = nonceSize(cipher)
  if (blob.length < size + TAG_SIZE) return undefined
  const nonce = blob.subarray(0, size)
  const sealed = blob.subarray(size)
  return cipher === 'aes-gcm' ? aes(key, nonce12(nonce), sealed) : chacha(key, nonce24(nonce), sealed)
}
