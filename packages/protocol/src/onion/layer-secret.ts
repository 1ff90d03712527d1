import { X25519KeyPair, X25519SecretKey, type RandomBytes } from '../crypto/index.ts'
import { nonceSize, type OnionCipher } from './cipher.ts'

/** What one layer is sealed with. Both are used once and never again. Spec 20 §4.3. */
export interface LayerSecret {
  readonly ephemeral: X25519KeyPair
  /** 12 bytes for AES-GCM, 24 for XChaCha20. */
  readonly nonce: Uint8Array
}

/**
 * Draws what the layers of one onion need: for each the 32 bytes of a secret key, then a nonce. The first is for the
 * destination, the last for the guard. `count` is one more than there are hops. Spec 20 §4.3.
 */
export function drawLayerSecrets(random: RandomBytes, cipher: OnionCipher, count: number): readonly LayerSecret[] {
  return Array.from({ length: count }, () => {
    const ephemeral = new X25519KeyPair(new X25519SecretKey(random(32)))
    return { ephemeral, nonce: random(nonceSize(cipher)) }
  })
}
