import {
  accountKey,
  blindedKey,
  formatAccountId,
  formatBlindedId15,
  formatBlindedId25,
  isBlindedId15,
  type AccountId,
  type BlindedId,
  type BlindedId15,
  type BlindedId25,
} from '../account/index.ts'
import {
  ed25519ToX25519,
  invertScalar,
  multiplyPoint,
  withSignBit,
  x25519ToEd25519,
  type Ed25519PublicKey,
  type X25519PublicKey,
} from '../crypto/index.ts'
import { refuseBadKey } from './bad-key.ts'
import { flippedBlindedId15 } from './blinded-id.ts'
import { BlindingError } from './blinding-error.ts'
import { blinding15Factor, blinding25Factor } from './factor.ts'

/**
 * The two 15 ids that an account can have on a server, of which it uses one: an account id does not tell the sign of the
 * Ed25519 key behind it. The first is made from the key with sign bit 0. Spec 10 §2.3.
 * @throws {BlindingError} `blinding.bad-key`
 */
export function blinded15Candidates(account: AccountId, server: X25519PublicKey): readonly [BlindedId15, BlindedId15] {
  const id = blinded15IdOfKey(positiveKey(account), server)
  return [id, flippedBlindedId15(id)]
}

/**
 * The one 25 id of an account on a server. Spec 10 §2.3.
 * @throws {BlindingError} `blinding.bad-key`
 */
export function blinded25Id(account: AccountId, server: X25519PublicKey): BlindedId25 {
  const point = positiveKey(account)
  return formatBlindedId25(refuseBadKey(() => multiplyPoint(blinding25Factor(account, server), point)))
}

/**
 * The 15 id, with its true sign, of an Ed25519 key: k·A. Spec 10 §2.3.
 * @throws {BlindingError} `blinding.bad-key`
 */
export function blinded15IdOfKey(publicKey: Ed25519PublicKey, server: X25519PublicKey): BlindedId15 {
  return formatBlindedId15(refuseBadKey(() => multiplyPoint(blinding15Factor(server), publicKey)))
}

/**
 * The 25 id of an Ed25519 key: k·|A|. Spec 10 §2.3.
 * @throws {BlindingError} `blinding.bad-key`
 */
export function blinded25IdOfKey(publicKey: Ed25519PublicKey, server: X25519PublicKey): BlindedId25 {
  return refuseBadKey(() => {
    const factor = blinding25Factor(formatAccountId(ed25519ToX25519(publicKey)), server)
    return formatBlindedId25(multiplyPoint(factor, withSignBit(publicKey, 0)))
  })
}

/**
 * The Ed25519 key behind a 15 id: 1/k · kA. Everybody who knows the server's key can do this, so a 15 id hides an account
 * from nobody who has the link of a room; a 25 id cannot be traced back like this. Spec 40 §2.1.
 * @throws {BlindingError} `blinding.bad-key`
 */
export function unblind15(id: BlindedId15, server: X25519PublicKey): Ed25519PublicKey {
  return refuseBadKey(() => multiplyPoint(invertScalar(blinding15Factor(server)), blindedKey(id)))
}

/** Whether a blinded id, of either scheme and for 15 of either sign, is that of an account on a server. Spec 40 §2.1. */
export function isBlindedIdOf(id: BlindedId, account: AccountId, server: X25519PublicKey): boolean {
  try {
    if (isBlindedId15(id)) return blinded15Candidates(account, server).includes(id)
    return blinded25Id(account, server) === id
  } catch (error) {
    if (error instanceof BlindingError) return false
    throw error
  }
}

/** The Ed25519 key of an account, with sign bit 0. */
function positiveKey(account: AccountId): Ed25519PublicKey {
  return refuseBadKey(() => x25519ToEd25519(accountKey(account)))
}
