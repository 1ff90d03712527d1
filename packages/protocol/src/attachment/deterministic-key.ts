import { createBlake2b, type Ed25519Seed, type Hasher, SymmetricKey, wipeBytes } from '../crypto/index.ts'
import { utf8Encode } from '../encoding/index.ts'

/** What a file is for; the same bytes get another key for each. Spec 10 §6.3. */
export type FilePurpose = 'attachment' | 'profile-picture'

/** Both follow from the file and the account. */
export interface DeterministicKey {
  /** Of the secretstream, 24 bytes; public. */
  readonly header: Uint8Array
  readonly key: SymmetricKey
}

/** Hashes the file: BLAKE2b-56 with the padded account seed as its key. Spec 10 §6.3, trap 17. */
export function createKeyHasher(seed: Ed25519Seed, purpose: FilePurpose): Hasher {
  const personalisation = utf8Encode(purpose === 'attachment' ? 'SessionAttachmnt' : 'Session_Prof_Pic')
  return createBlake2b(56, { key: seed.expose(), personalisation })
}

/** Ends the hash: header 24 ‖ key 32. */
export function finishKeyHasher(hasher: Hasher): DeterministicKey {
  const digest = hasher.finish()
  const result = { header: digest.slice(0, 24), key: new SymmetricKey(digest.subarray(24)) }
  wipeBytes(digest)
  return result
}
