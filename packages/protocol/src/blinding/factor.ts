import { encodeIdBytes, type AccountId } from '../account/index.ts'
import { blake2b, reduceScalar, type Scalar, type X25519PublicKey } from '../crypto/index.ts'

/** k of 15-blinding: the same for every user of a server. BLAKE2b-64(server) mod L. Spec 40 §2.1. */
export function blinding15Factor(server: X25519PublicKey): Scalar {
  return reduceScalar(blake2b(64, server))
}

/** k of 25-blinding: known only to those who know the account. BLAKE2b-64(05 ‖ X ‖ server) mod L. Spec 40 §2.2. */
export function blinding25Factor(account: AccountId, server: X25519PublicKey): Scalar {
  return reduceScalar(blake2b(64, encodeIdBytes(account), server))
}
