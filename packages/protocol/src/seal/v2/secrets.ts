import {
  blake2bWith,
  nonce24,
  type Nonce24,
  sha3256,
  shake256,
  SymmetricKey,
  type X25519PublicKey,
  xWingCombine,
} from '../../crypto/index.ts'
import { utf8Encode } from '../../encoding/index.ts'

const kissPersonalisation = utf8Encode('Session-Msg-KISS')
const sealedLabel = utf8Encode('SessionV2MessageSS')
const fallbackLabel = utf8Encode('SessionV2NonPFS')
const fallbackSealedLabel = utf8Encode('SessionV2NonPFSSS')

/** What a message is encrypted with. */
export interface V2Cipher {
  readonly key: SymmetricKey
  readonly nonce: Nonce24
}

/**
 * The two bytes that hide which key a message is for: BLAKE2b-2(E ‖ S), keyed with X25519(e, S). XORed with the first
 * two bytes of the recipient's ML-KEM key they are the indicator in the header. Spec 10 §2.6.
 */
export function keyIndicatorSecret(
  longTermShared: Uint8Array,
  ephemeral: Uint8Array,
  longTerm: Uint8Array,
): Uint8Array {
  return blake2bWith(2, { key: longTermShared, personalisation: kissPersonalisation }, ephemeral, longTerm)
}

/** XOR of the first two bytes. It is its own inverse. */
export function xorTwo(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.of((a[0] ?? 0) ^ (b[0] ?? 0), (a[1] ?? 0) ^ (b[1] ?? 0))
}

/** With the rotating keys of the recipient: X-Wing's combiner, then SHAKE256. Spec 10 §2.6. */
export function rotatingCipher(
  mlKemSecret: Uint8Array,
  x25519Secret: Uint8Array,
  ephemeral: Uint8Array,
  rotating: X25519PublicKey,
): V2Cipher {
  return cipherOf(sealedLabel, xWingCombine(mlKemSecret, x25519Secret, ephemeral, rotating))
}

/** Without them, from the long-term key alone: no forward secrecy. Spec 10 §2.6. */
export function fallbackCipher(longTermShared: Uint8Array, ephemeral: Uint8Array, longTerm: Uint8Array): V2Cipher {
  return cipherOf(fallbackSealedLabel, sha3256(longTermShared, longTerm, ephemeral, fallbackLabel))
}

function cipherOf(label: Uint8Array, secret: Uint8Array): V2Cipher {
  const bytes = shake256(56, label, secret)
  return { key: new SymmetricKey(bytes.subarray(0, 32)), nonce: nonce24(bytes.slice(32)) }
}
