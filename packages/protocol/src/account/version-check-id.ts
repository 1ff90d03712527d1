import { ed25519PublicKey, type Ed25519PublicKey } from '../crypto/index.ts'
import { AccountError } from './account-error.ts'
import { idKey, idWithPrefix, prefixKey } from './id-text.ts'

declare const versionCheckId: unique symbol
/** 66 lower-case hex digits: `07`, then a 32-byte Ed25519 public key. Names a client towards
 * the file server only. Spec 10 §1.5. */
export type VersionCheckId = string & { readonly [versionCheckId]: true }

/**
 * Reads the id of a client that asks for versions. Case is folded; nothing else is forgiven. Spec 10 §1.5.
 * @throws {AccountError} `account.bad-version-check-id`
 */
export function parseVersionCheckId(text: string): VersionCheckId {
  const id = idWithPrefix('07', text)
  if (id === undefined) throw new AccountError('account.bad-version-check-id', { length: text.length })
  return id as VersionCheckId
}

/** The id of the client that has this key. Spec 10 §1.5. */
export function formatVersionCheckId(key: Ed25519PublicKey): VersionCheckId {
  return prefixKey('07', key) as VersionCheckId
}

/** The key in an id, as fresh bytes. Only that there are 32 of them has been checked. Spec 10 §1.5. */
export function versionCheckKey(id: VersionCheckId): Ed25519PublicKey {
  return ed25519PublicKey(idKey(id))
}
