import { blindedKey, formatBlindedId15, isBlindedId15, type BlindedId, type BlindedId15 } from '../account/index.ts'
import { signBit, withSignBit } from '../crypto/index.ts'

/** Which of the two ways of blinding made an id; also its prefix. Spec 10 §2.3. */
export type BlindingScheme = '15' | '25'

/** The scheme that made the id. Spec 10 §1.2. */
export function blindingScheme(id: BlindedId): BlindingScheme {
  return isBlindedId15(id) ? '15' : '25'
}

/** The 15 id of the opposite sign, which belongs to the same account. 25 ids have one sign only. Spec 40 §2.1. */
export function flippedBlindedId15(id: BlindedId15): BlindedId15 {
  const point = blindedKey(id)
  return formatBlindedId15(withSignBit(point, signBit(point) === 0 ? 1 : 0))
}

/**
 * The 15 id with its sign cleared, under which a server looks up what it keeps for an account whose true sign it has not
 * seen yet. Spec 40 §2.1, §3.1.
 */
export function absoluteBlindedId15(id: BlindedId15): BlindedId15 {
  return formatBlindedId15(withSignBit(blindedKey(id), 0))
}
