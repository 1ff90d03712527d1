import { type MessageHash, type SubaccountToken } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type MessageRecord } from './message.ts'

/** A part of the ring: places from `from` up to `to`, both inside; over the end if `to` is the smaller. Spec 20 §2.1. */
export interface SpaceRange {
  readonly from: bigint
  readonly to: bigint
}

/** The whole ring. */
export const wholeRing: SpaceRange = { from: 0n, to: 2n ** 64n - 1n }

/** A deleted or shortened message that must not come back. Spec 70, X7. */
export interface TombstoneRecord {
  readonly owner: SwarmOwner
  readonly hash: MessageHash
  /** Unix ms of the deletion. */
  readonly since: number
  /** Unix ms after which no copy can be alive. */
  readonly until: number
}

/** The latest word on a token. Spec 70, X4. */
export interface RevocationRecord {
  readonly owner: SwarmOwner
  readonly token: SubaccountToken
  /** Unix ms, as signed. */
  readonly changed: number
  /** False if it was taken back. */
  readonly revoked: boolean
}

declare const rangeCursor: unique symbol
/** How far a walk over a range has come on this node. May be kept over restarts. Means nothing elsewhere. */
export type RangeCursor = Uint8Array & { readonly [rangeCursor]: true }

/** Bytes of a {@link RangeCursor}: place 8 ‖ account's number 8 ‖ stage 1 ‖ hash 32. */
export const RANGE_CURSOR_LENGTH = 49

/** Bytes that were kept as a cursor; `undefined` if they cannot be one. */
export function toRangeCursor(bytes: Uint8Array): RangeCursor | undefined {
  return bytes.length === RANGE_CURSOR_LENGTH ? (bytes as RangeCursor) : undefined
}

/** Where a walk goes on and how much it may bring at once. */
export interface WalkLimits {
  readonly after?: RangeCursor
  /** Records or hashes of all kinds together; at least 1. */
  readonly maxCount: number
  /** Bytes of message data. One message comes whatever it is. */
  readonly maxBytes: number
}

/** A piece of a dump, account by account in the order of the ring. Spec 20 §6, spec 70 D6 to D8. */
export interface DumpPiece {
  readonly messages: readonly MessageRecord[]
  readonly tombstones: readonly TombstoneRecord[]
  readonly revocations: readonly RevocationRecord[]
  /** Missing at the end of the range. */
  readonly next?: RangeCursor
}

/** Until when a message lives, as a member has it. */
export interface MessageLife {
  readonly hash: MessageHash
  /** Unix ms. */
  readonly expiry: number
  /** Unix ms at which its owner last changed that, by the clock of the member that was asked; 0 if nobody has. Spec 70, D5. */
  readonly edited: number
}

/** The same, with the account. */
export interface ExpiryRecord extends MessageLife {
  readonly owner: SwarmOwner
}

/** What became of records that a peer sent. */
export interface InsertOutcome {
  readonly inserted: number
  /** Known already; they may live longer now. */
  readonly known: number
  /** Expired, held back by a tombstone, or an outbox's older message. */
  readonly refused: number
}

/**
 * What two members compare: equal if they hold the same messages, ends and revocations. Over all accounts of the range that
 * have any, in the order of place and account: BLAKE2b-256(previous ‖ BLAKE2b-256(account 33 ‖ messages ascending by hash:
 * hash 32 ‖ expiry 8, big-endian ‖ revocations ascending by token: token 36 ‖ changed 8, big-endian ‖ revoked 1)), from 32 zero
 * bytes. Spec 70, D5, D9.
 */
export interface RangeDigest {
  readonly digest: Uint8Array
  readonly messages: number
  readonly accounts: number
}

/** Which messages an account has here. */
export interface AccountHashes {
  readonly owner: SwarmOwner
  /** In the order of the bytes of their hashes. */
  readonly messages: readonly MessageLife[]
}

/** A piece of the list of all hashes in a range. A long account may be spread over several pieces. */
export interface HashesPiece {
  readonly accounts: readonly AccountHashes[]
  readonly next?: RangeCursor
}
