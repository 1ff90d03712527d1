/** The most bytes of one message. Spec 20 §3.6. */
export const MAX_MESSAGE_BYTES = 76_800
/** The most requests in one batch, sequence or held retrieve. Spec 20 §3.14, spec 21 §1.1. */
export const MAX_SUB_REQUESTS = 20
/** How many ifelse may stand inside one another. Spec 70 §6.1. */
export const MAX_IF_ELSE_NESTING = 8
/** The most hashes in one delete, expire or get_expiries. Spec 70 §6.2. */
export const MAX_HASHES = 1000
/** The most tokens in one revoke, and the most revocations that a node keeps for an account. Spec 20 §3.12. */
export const MAX_REVOCATIONS = 50
/** The longest body of a request or reply. Spec 20 §3.1. */
export const MAX_BODY_BYTES = 10_485_760
/** More entries than any reply of that size can hold in honesty. */
export const MAX_REPLY_ENTRIES = 250_000
/** More members than any swarm has: sizes are about 7, without an upper bound. Spec 20 §2.2. */
export const MAX_SWARM_MEMBERS = 128
/** About how much memory, in bytes, a reply of that size may take: one of many tiny messages takes six times its size. */
export const MAX_REPLY_MEMORY = 67_108_864
