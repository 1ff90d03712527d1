import { type Ed25519KeyPair, ed25519Sign, multiplyBasePoint, type RandomBytes, reduceScalar } from '../crypto/index.ts'
import { concatBytes } from '../encoding/index.ts'

/**
 * How the envelope of a message is signed: by a paying user with the rotating key, by everyone else with something that
 * looks the same. Spec 10 §3.6.
 */
export type ProMark = { readonly rotatingKeys: Ed25519KeyPair } | { readonly decoy: Uint8Array }

/** 64 bytes that nobody can tell from a signature: a random point ‖ a random scalar. Spec 10 §3.6. */
export function createProDecoy(random: RandomBytes): Uint8Array {
  const r = multiplyBasePoint(reduceScalar(random(64)))
  return concatBytes(r, reduceScalar(random(64)).expose())
}

/** The signature for these bytes, or the decoy. Spec 10 §3.6. */
export function proSignatureFor(mark: ProMark, signed: Uint8Array): Uint8Array {
  return 'decoy' in mark ? mark.decoy : ed25519Sign(mark.rotatingKeys, signed)
}
