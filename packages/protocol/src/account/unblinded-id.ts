import { ed25519PublicKey, type Ed25519PublicKey } from '../crypto/index.ts'
import { AccountError } from './account-error.ts'
import { idKey, idWithPrefix, prefixKey } from './id-text.ts'

declare const unblindedId: unique symbol
/** 66 lower-case hex digits: `00`, then a 32-byte Ed25519 public key. Names a user towards
 * community servers that do not blind. Spec 10 §1.2. */
export type UnblindedId = string & { readonly [unblindedId]: true }

/**
 * Reads the id of a user who is not blinded. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-unblinded-id`
 */
export function parseUnblindedId(text: string): UnblindedId {
  const id = idWithPrefix('00', text)
  if (id === undefined) throw new AccountError('account.bad-unblinded-id', { length: text.length })
  return id as UnblindedId
}

/** The id that a user with this key has towards servers that do not blind. Spec 10 §1.2. */
export function formatUnblindedId(key: Ed25519PublicKey): UnblindedId {
  return prefixKey('00', key) as UnblindedId
}

/** The key in an id, as fresh bytes. Only that there are 32 of them has been checked. Spec 10 §1.2. */
export function unblindedKey(id: UnblindedId): Ed25519PublicKey {
  return ed25519PublicKey(idKey(id))
}
