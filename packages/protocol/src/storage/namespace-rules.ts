import { type Namespace } from './namespace.ts'

const DAY_MS = 86_400_000

/** The least time that a message is kept, in ms. Spec 20 §3.6. */
export const MIN_TTL_MS = 10_000
/** The longest time, in ms, where anyone may store. Spec 20 §3.3. */
export const MAX_PUBLIC_TTL_MS = 14 * DAY_MS
/** The longest time, in ms, where stores are signed; also what `expire` can reach. Spec 20 §3.3, §3.10. */
export const MAX_PRIVATE_TTL_MS = 30 * DAY_MS

/** Anyone may store here, and no signature is looked at: namespaces divisible by ten. Spec 20 §3.3. */
export function isPublicInbox(namespace: Namespace): boolean {
  return namespace % 10 === 0
}

/** -1, -21, -41…: holds one message, which anyone may retrieve; the next store replaces it. Spec 20 §3.3. */
export function isPublicOutbox(namespace: Namespace): boolean {
  return namespace < 0 && -namespace % 20 === 1
}

/** Anyone may retrieve here: outboxes, and the legacy groups at -10. Spec 20 §3.3. */
export function isOpenToRetrieve(namespace: Namespace): boolean {
  return isPublicOutbox(namespace) || namespace === -10
}

/** -11, -111, -211…: a revoked subaccount may still retrieve here. Spec 20 §3.3. */
export function isUnrevocable(namespace: Namespace): boolean {
  return namespace < 0 && -namespace % 100 === 11
}

/** The longest time that a message can be asked to be kept here, in ms. Spec 20 §3.3. */
export function maxTtlMs(namespace: Namespace): number {
  return isPublicInbox(namespace) ? MAX_PUBLIC_TTL_MS : MAX_PRIVATE_TTL_MS
}
