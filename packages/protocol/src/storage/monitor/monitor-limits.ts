/** The most subscriptions in one request, and of one connection. Spec 70 §6.2. */
export const MAX_MONITOR_ENTRIES = 10_000
/** The most namespaces of one subscription: a node keeps all of them, and a client uses about ten. Spec 70 §6.2. */
export const MAX_MONITOR_NAMESPACES = 64
/** How long a subscription lasts unless it is renewed, in ms. Spec 20 §3.16. */
export const MONITOR_LIFETIME_MS = 65 * 60_000
/** How old the time of a subscription may be, in seconds. Spec 20 §3.16. */
export const MONITOR_PAST_SECONDS = 14 * 86_400
/** How far in the future it may lie, in seconds. Spec 20 §3.16. */
export const MONITOR_FUTURE_SECONDS = 86_400
