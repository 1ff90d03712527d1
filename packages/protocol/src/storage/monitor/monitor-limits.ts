/** The most subscriptions in one request, and of one connection. Spec 70 §6.2. */
export const maxMonitorEntries = 10_000
/** How long a subscription lasts unless it is renewed, in ms. Spec 20 §3.16. */
export const monitorLifetimeMs = 65 * 60_000
/** How old the time of a subscription may be, in seconds. Spec 20 §3.16. */
export const monitorPastSeconds = 14 * 86_400
/** How far in the future it may lie, in seconds. Spec 20 §3.16. */
export const monitorFutureSeconds = 86_400
