import { type Ed25519KeyPair, type Ed25519PublicKey, ed25519Sign, type Ed25519Signature } from '../../crypto/index.ts'
import { type Authority, authorityOf, type SubaccountGrant } from './authority.ts'

/** Signs requests for an account, with what else has to stand beside the signature. Spec 20 §3.2. */
export interface RequestSigner {
  readonly sign: (text: Uint8Array) => Ed25519Signature
  /** The Ed25519 key of a 05 account. */
  readonly publicKey?: Ed25519PublicKey
  readonly grant?: SubaccountGrant
}

/** Signs for a user: the key goes along, because the account id is its X25519 form. Spec 20 §3.2. */
export function userSigner(keyPair: Ed25519KeyPair): RequestSigner {
  return { sign: text => ed25519Sign(keyPair, text), publicKey: keyPair.publicKey }
}

/** Signs as the admin of a group, whose id is the key. Spec 20 §3.2. */
export function groupSigner(keyPair: Ed25519KeyPair): RequestSigner {
  return { sign: text => ed25519Sign(keyPair, text) }
}

/**
 * Signs in the account's stead. `sign` is by the key of the token, which in groups is a blinded one. A 05 account's own
 * Ed25519 key is needed as well. Spec 20 §3.3.
 */
export function subaccountSigner(
  sign: (text: Uint8Array) => Ed25519Signature,
  grant: SubaccountGrant,
  accountKey?: Ed25519PublicKey,
): RequestSigner {
  return { sign, grant, ...(accountKey === undefined ? {} : { publicKey: accountKey }) }
}

/** The signature with what belongs beside it. Spec 20 §3.2. */
export function authorise({ sign, publicKey, grant }: RequestSigner, text: Uint8Array): Authority {
  return authorityOf(sign(text), publicKey, grant)
}
