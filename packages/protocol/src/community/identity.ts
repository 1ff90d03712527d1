import { formatUnblindedId, type UnblindedId } from '../account/index.ts'
import { blindedSign, type BlindedKeyPair } from '../blinding/index.ts'
import { ed25519Sign, type Ed25519KeyPair, type Ed25519Signature, type X25519PublicKey } from '../crypto/index.ts'

/** An account towards a server that does not ask for blinding. Spec 40 §2. */
export interface UnblindedIdentity {
  readonly scheme: '00'
  /** Goes into the header; the server names the user by the account id. */
  readonly id: UnblindedId
  readonly account: Ed25519KeyPair
  readonly server: X25519PublicKey
}

/** As whom an account speaks to one server. Spec 40 §2. */
export type CommunityIdentity = UnblindedIdentity | BlindedKeyPair

/** The identity of an account on a server that does not require blinding. Spec 40 §2. */
export function unblindedIdentity(account: Ed25519KeyPair, server: X25519PublicKey): UnblindedIdentity {
  return { scheme: '00', id: formatUnblindedId(account.publicKey), account, server }
}

/** An Ed25519 signature under the 32 bytes of the identity's id. Spec 40 §2.3. */
export function signAsIdentity(identity: CommunityIdentity, message: Uint8Array): Ed25519Signature {
  return identity.scheme === '00' ? ed25519Sign(identity.account, message) : blindedSign(identity, message)
}
