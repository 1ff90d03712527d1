/** How much the store keeps. Everything that outsiders can make grow has a bound here. */
export interface StoreLimits {
  /** Bytes of the database in use; above it stores are refused, deletions are not. Spec 20 §6. */
  readonly maxBytes: number
  /** Messages in one public inbox of one account. Spec 70 §6.3. */
  readonly maxInboxMessages: number
  /** Bytes of message data in one public inbox of one account. Spec 70 §6.3. */
  readonly maxInboxBytes: number
  /** Remembered positions of messages that are gone; then the oldest are forgotten. Spec 21 §1.2. */
  readonly maxPositions: number
  /** Tombstones; then those that end first are forgotten. Spec 70, X7. */
  readonly maxTombstones: number
  /** Remembered signatures of deletes; then those that end first are forgotten. Spec 70, X2. */
  readonly maxExecuted: number
  /** Revocations of all accounts together; then only accounts without messages lose some. */
  readonly maxRevocations: number
  /** Requests waiting for one peer; then further ones are left to the repair. Spec 70, X8. */
  readonly maxQueuedPerPeer: number
  /** Bytes of the bodies of waiting requests. */
  readonly maxQueuedBytes: number
  /** Bytes of messages that are kept in memory for those who ask again. */
  readonly cacheBytes: number
}

/** What a node in production keeps. */
export const defaultStoreLimits: StoreLimits = {
  maxBytes: 3584 * 1024 * 1024,
  maxInboxMessages: 20_000,
  maxInboxBytes: 64 * 1024 * 1024,
  maxPositions: 1_000_000,
  maxTombstones: 1_000_000,
  maxExecuted: 1_000_000,
  maxRevocations: 1_000_000,
  maxQueuedPerPeer: 200_000,
  maxQueuedBytes: 64 * 1024 * 1024,
  cacheBytes: 16 * 1024 * 1024,
}

const DAY_MS = 86_400_000

/** What is left for deletions when stores are refused, in bytes: they write before they free. */
export const RESERVE_BYTES = 64 * 1024 * 1024
/** How long the position of a message that is gone is remembered, in ms. Spec 21 §1.2. */
export const POSITION_MEMORY_MS = 14 * DAY_MS
/** No copy of a message lives longer than this after anything was done with it, in ms. Spec 20 §3.10. */
export const TOMBSTONE_MS = 30 * DAY_MS
/** Longer than a request takes from one member to another at once, in ms. */
export const OVERTAKING_MS = 10_000
/** Longer than a signed time is good for on any way, in ms. Spec 70 §6.4. */
export const WIPE_MEMORY_MS = 300_000
