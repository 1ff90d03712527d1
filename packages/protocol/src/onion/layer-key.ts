import {
  blake2b,
  CryptoError,
  hmacSha256,
  SymmetricKey,
  x25519,
  type X25519KeyPair,
  type X25519PublicKey,
  type X25519SecretKey,
} from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'
import type { OnionCipher } from './cipher.ts'
import { OnionError } from './onion-error.ts'

/** The key of one layer, for its request and for the reply to it, and the cipher that it is for. Spec 20 §4.2. */
export interface LayerKey {
  readonly cipher: OnionCipher
  readonly key: SymmetricKey
}

const lokiKey = utf8Encode('LOKI')

/**
 * The key that the client and one node share for a layer, computed by the client. Spec 20 §4.2.
 * @throws {OnionError} `onion.bad-key` when the node's key has small order
 */
export function deriveLayerKey(cipher: OnionCipher, ephemeral: X25519KeyPair, node: X25519PublicKey): LayerKey {
  return derive(cipher, shareSecret(ephemeral.secretKey, node), ephemeral.publicKey, node)
}

/**
 * The same key, computed by the node. Spec 20 §4.2.
 * @throws {OnionError} `onion.bad-key` when the ephemeral key has small order
 */
export function deriveLayerKeyAsNode(cipher: OnionCipher, node: X25519KeyPair, ephemeral: X25519PublicKey): LayerKey {
  return derive(cipher, shareSecret(node.secretKey, ephemeral), ephemeral, node.publicKey)
}

/** The order of the two public keys is the same in both directions. */
function derive(cipher: OnionCipher, shared: Uint8Array, ephemeral: X25519PublicKey, node: X25519PublicKey): LayerKey {
  const key = cipher === 'aes-gcm' ? hmacSha256(lokiKey, shared) : blake2b(32, shared, ephemeral, node)
  return { cipher, key: new SymmetricKey(key) }
}

function shareSecret(secretKey: X25519SecretKey, publicKey: X25519PublicKey): Uint8Array {
  try {
    return x25519(secretKey, publicKey)
  } catch (cause) {
    if (!(cause instanceof CryptoError) || cause.code !== 'crypto.weak-key') throw cause
    throw new OnionError('onion.bad-key', { weak: true }, { cause })
  }
}
