import { StorageError } from './storage-error.ts'

declare const namespace: unique symbol
/** -32768 to 32767: which of an account's boxes a message lies in. Spec 20 §3.2. */
export type Namespace = number & { readonly [namespace]: true }

/** What `delete_all`, `delete_before` and `expire_all` reach: one namespace, or all of them. Spec 20 §3.2. */
export type NamespaceScope = Namespace | 'all'

/** Spec 20 §3.2. @throws {StorageError} `storage.bad-namespace` */
export function toNamespace(value: number): Namespace {
  if (!Number.isInteger(value) || value < -32768 || value > 32767) throw new StorageError('storage.bad-namespace')
  return value as Namespace
}

/** The namespaces that have a meaning. Spec 20 §3.3. */
export const namespaces = {
  /** Messages to an account: anyone may store. */
  inbox: 0 as Namespace,
  userProfile: 2 as Namespace,
  contacts: 3 as Namespace,
  conversationInfo: 4 as Namespace,
  userGroups: 5 as Namespace,
  groupMessages: 11 as Namespace,
  groupKeys: 12 as Namespace,
  groupInfo: 13 as Namespace,
  groupMembers: 14 as Namespace,
  /** Notices to members whose access was revoked; they may still read here. */
  groupRevoked: -11 as Namespace,
  /** Closed groups of old: anyone may store and retrieve. */
  legacyGroup: -10 as Namespace,
} as const

/**
 * A namespace in signed texts and hashes: decimal, but nothing at all for namespace 0, and `all` for all of them.
 * Spec 20 §3.2, trap 2.
 */
export function namespaceText(scope: NamespaceScope): string {
  return scope === 0 ? '' : String(scope)
}
