import {
  blake2bWith,
  reduceScalar,
  sha512,
  signWithScalar,
  type Ed25519Signature,
  type Scalar,
} from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'
import { type BlindedKeyPair } from './key-pair.ts'

/**
 * What a 15 signature hashes for its nonce: the 32-byte seed, as desktop clients do, or the 64-byte secret key (seed ‖
 * public key), as Android does. Both verify; the choice shows in nothing but the signature's bytes. Spec 40 §2.3.
 */
export type Blinded15Nonce = 'seed' | 'secret-key'

const seedHashKey = utf8Encode('SessCommBlind25_seed')
const nonceHashKey = utf8Encode('SessCommBlind25_sig')

/**
 * Signs as a blinded id. The signature is an ordinary Ed25519 one: it verifies with `ed25519Verify` under the 32 bytes of
 * the id. Deterministic. `nonce` matters for 15 ids only. Spec 10 §2.3, spec 40 §2.3.
 */
export function blindedSign(
  keyPair: BlindedKeyPair,
  message: Uint8Array,
  nonce: Blinded15Nonce = 'seed',
): Ed25519Signature {
  const scalar = keyPair.scheme === '15' ? nonce15(keyPair, message, nonce) : nonce25(keyPair, message)
  return signWithScalar(keyPair.secret, keyPair.publicKey, scalar, message)
}

/** r = SHA-512(second half of SHA-512(seed or secret key) ‖ kA ‖ M) mod L. kA keeps the nonces of two servers apart. */
function nonce15({ account, publicKey }: BlindedKeyPair, message: Uint8Array, nonce: Blinded15Nonce): Scalar {
  const hashed = sha512(nonce === 'seed' ? account.seed.expose() : account.expose())
  return reduceScalar(sha512(hashed.subarray(32), publicKey, message))
}

/** r = BLAKE2b-64(BLAKE2b-32(seed) ‖ kA ‖ M) mod L, each hash with its own key. */
function nonce25({ account, publicKey }: BlindedKeyPair, message: Uint8Array): Scalar {
  const seedHash = blake2bWith(32, { key: seedHashKey }, account.seed.expose())
  return reduceScalar(blake2bWith(64, { key: nonceHashKey }, seedHash, publicKey, message))
}
