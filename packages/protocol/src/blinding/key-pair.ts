import { formatAccountId, formatBlindedId15, formatBlindedId25, type BlindedId } from '../account/index.ts'
import {
  ed25519KeyPairToX25519,
  multiplyBasePoint,
  multiplyScalars,
  negateScalar,
  privateScalar,
  signBit,
  type Ed25519KeyPair,
  type Ed25519PublicKey,
  type Scalar,
  type X25519PublicKey,
} from '../crypto/index.ts'
import { type BlindingScheme } from './blinded-id.ts'
import { blinding15Factor, blinding25Factor } from './factor.ts'

/** An account as one community server knows it: what signs its requests and posts there. Spec 10 §2.3. */
export interface BlindedKeyPair {
  readonly scheme: BlindingScheme
  /** With the true sign. A server may report a 15 id by the other one; on the wire use what it reports. */
  readonly id: BlindedId
  /** The account behind it. */
  readonly account: Ed25519KeyPair
  /** The server for which it is blinded. */
  readonly server: X25519PublicKey
  /** k for 15; for 25 k′, which is −k when the account's key has sign bit 1. */
  readonly factor: Scalar
  /** ka = factor · a. */
  readonly secret: Scalar
  /** kA = ka · G. */
  readonly publicKey: Ed25519PublicKey
}

/** The 15-blinded key pair of an account on a server: k·a, k·A. Spec 40 §2.1. */
export function deriveBlinded15KeyPair(account: Ed25519KeyPair, server: X25519PublicKey): BlindedKeyPair {
  const factor = blinding15Factor(server)
  const keys = blind(factor, account)
  return { scheme: '15', id: formatBlindedId15(keys.publicKey), account, server, factor, ...keys }
}

/** The 25-blinded key pair of an account on a server. Its id is the one computed from the account id. Spec 40 §2.2. */
export function deriveBlinded25KeyPair(account: Ed25519KeyPair, server: X25519PublicKey): BlindedKeyPair {
  const plain = blinding25Factor(formatAccountId(ed25519KeyPairToX25519(account).publicKey), server)
  const factor = signBit(account.publicKey) === 1 ? negateScalar(plain) : plain
  const keys = blind(factor, account)
  return { scheme: '25', id: formatBlindedId25(keys.publicKey), account, server, factor, ...keys }
}

function blind(factor: Scalar, account: Ed25519KeyPair): Pick<BlindedKeyPair, 'secret' | 'publicKey'> {
  const secret = multiplyScalars(factor, privateScalar(account))
  return { secret, publicKey: multiplyBasePoint(secret) }
}
