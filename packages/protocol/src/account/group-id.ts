import { ed25519PublicKey, type Ed25519PublicKey } from '../crypto/index.ts'
import { AccountError } from './account-error.ts'
import { idKey, idWithPrefix, prefixKey } from './id-text.ts'

declare const groupId: unique symbol
/** 66 lower-case hex digits: `03`, then a 32-byte Ed25519 public key. Spec 10 §1.2. */
export type GroupId = string & { readonly [groupId]: true }

/**
 * Reads a group id. Case is folded; nothing else is forgiven. Spec 10 §1.2.
 * @throws {AccountError} `account.bad-group-id`
 */
export function parseGroupId(text: string): GroupId {
  const id = idWithPrefix('03', text)
  if (id === undefined) throw new AccountError('account.bad-group-id', { length: text.length })
  return id as GroupId
}

/** The id of the group that has this key. Spec 10 §1.2. */
export function formatGroupId(key: Ed25519PublicKey): GroupId {
  return prefixKey('03', key) as GroupId
}

/** The key in an id, as fresh bytes. Only that there are 32 of them has been checked. Spec 10 §1.2. */
export function groupKey(id: GroupId): Ed25519PublicKey {
  return ed25519PublicKey(idKey(id))
}
