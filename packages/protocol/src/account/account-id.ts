import {
  tryEd25519ToX25519,
  x25519PublicKey,
  type Ed25519PublicKey,
  type KeyConversion,
  type X25519PublicKey,
} from '../crypto/index.ts'
import { AccountError } from './account-error.ts'
import { idKey, idWithPrefix, prefixKey } from './id-text.ts'

declare const accountId: unique symbol
/** 66 lower-case hex digits: `05`, then a 32-byte X25519 public key. Spec 10 §1.1. */
export type AccountId = string & { readonly [accountId]: true }

/**
 * Reads an account id given by a peer or a person. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-id`
 */
export function parseAccountId(text: string): AccountId {
  const id = idWithPrefix('05', text)
  if (id === undefined) throw new AccountError('account.bad-id', { length: text.length })
  return id as AccountId
}

/** The id of the account that has this key. Spec 10 §1.1. */
export function formatAccountId(key: X25519PublicKey): AccountId {
  return prefixKey('05', key) as AccountId
}

/** The account that signs with this key; `undefined` for a key that has no X25519 form, and so no account. Spec 10 §1.1. */
export function accountIdOfSigner(
  key: Ed25519PublicKey,
  convertKey: KeyConversion = tryEd25519ToX25519,
): AccountId | undefined {
  const converted = convertKey(key)
  return converted && formatAccountId(converted)
}

/** The key in an id, as fresh bytes. Only that there are 32 of them has been checked. Spec 10 §1.1. */
export function accountKey(id: AccountId): X25519PublicKey {
  return x25519PublicKey(idKey(id))
}
