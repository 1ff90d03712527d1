import { type MessageHash, type Namespace } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'

/** Where messages lie: one namespace of one account. */
export interface Box {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
}

/** When something was asked and when the answer was there, ms of the harness's own clock, which no fault touches. */
interface Span {
  readonly calledAt: number
  /** Missing if no answer came: the request may have been carried out all the same, then or later. */
  readonly answeredAt?: number
}

/** A message as a client sent it. Times are those of the request. */
export interface StoreRecord extends Span, Box {
  readonly kind: 'store'
  readonly hash: MessageHash
  readonly data: Uint8Array
  readonly timestamp: number
  readonly expiry: number
  /** Members whose signature over the hash was verified. */
  readonly confirmedBy: readonly NodeId[]
}

/** A deletion by hash. */
export interface DeleteRecord extends Span, Box {
  readonly kind: 'delete'
  readonly hashes: readonly MessageHash[]
  /** Members whose signature was verified, whatever they had to delete. */
  readonly confirmedBy: readonly NodeId[]
}

/** A changed expiry, by hash. */
export interface ExpireRecord extends Span, Box {
  readonly kind: 'expire'
  readonly hashes: readonly MessageHash[]
  readonly expiry: number
  readonly confirmedBy: readonly NodeId[]
}

/** A message as a node showed it. */
export interface ShownMessage {
  readonly hash: MessageHash
  readonly data: Uint8Array
  readonly timestamp: number
  readonly expiry: number
}

/** All of a box as one node showed it, page after page. */
export interface ReadRecord extends Box {
  readonly kind: 'read'
  readonly calledAt: number
  readonly answeredAt: number
  readonly node: NodeId
  readonly messages: readonly ShownMessage[]
  /** A number for reads after all faults were healed and the members had time to agree: those of one number must be equal. */
  readonly settled?: number
}

/** The node began anew with an empty database: what it confirmed before is now only with the others. */
interface LossRecord {
  readonly kind: 'loss'
  readonly node: NodeId
  readonly at: number
}

/**
 * The node may have handed over what it had and forgotten it, because it served other accounts for a while: what it confirmed
 * before is kept by the swarm, and not always by itself.
 */
interface LeaveRecord {
  readonly kind: 'left'
  readonly node: NodeId
  readonly at: number
}

/** Everything that the checker looks at, in any order. */
export type HistoryRecord = StoreRecord | DeleteRecord | ExpireRecord | ReadRecord | LossRecord | LeaveRecord

/** What a history must never show. */
export type ViolationKind =
  /** An acknowledged, unexpired message is missing. */
  | 'lost'
  /** A message is not what was sent. */
  | 'altered'
  /** A message that nobody sent to this box. */
  | 'invented'
  /** A deleted message is there again. */
  | 'resurrected'
  /** One hash twice in a box. */
  | 'duplicate'
  /** Shown after its end. */
  | 'undead'
  /** Settled members do not have the same messages. */
  | 'diverged'
  /** Settled members do not agree on when a message ends. */
  | 'ends-differ'
  /** Two messages have changed places, so that a cursor would miss one. */
  | 'reordered'

/** One thing that went wrong, where and when. */
export interface Violation {
  readonly kind: ViolationKind
  readonly hash: MessageHash
  readonly node: NodeId
  /** When it was read. */
  readonly at: number
}
