import {
  blake2bWith,
  type Ed25519KeyPair,
  sha512,
  X25519KeyPair,
  type X25519PublicKey,
  X25519SecretKey,
} from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'

const hashKey = utf8Encode('SessionBoxEphemeralHashKey')

/** libsodium's `crypto_box_seed_keypair`: the secret key is the first half of SHA-512(seed). Spec 10 §2.2. */
export function boxSeedKeyPair(seed: Uint8Array): X25519KeyPair {
  return new X25519KeyPair(new X25519SecretKey(sha512(seed).subarray(0, 32)))
}

/** The ephemeral key of the deterministic variant: seed BLAKE2b-32(sender's seed ‖ Y ‖ content). Spec 10 §2.2. */
export function deriveEphemeral(
  paddedContent: Uint8Array,
  sender: Ed25519KeyPair,
  recipient: X25519PublicKey,
): X25519KeyPair {
  return boxSeedKeyPair(blake2bWith(32, { key: hashKey }, sender.seed.expose(), recipient, paddedContent))
}
