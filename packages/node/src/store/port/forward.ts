import { type NodeId } from '@sotto/protocol/swarm'
import { type MessageRecord } from './message.ts'

declare const forwardId: unique symbol
/** A request that other members have to get. Never given twice. Spec 70, X8. */
export type ForwardId = number & { readonly [forwardId]: true }

/** A number of the database as the id of a forward. */
export function forwardIdOf(row: number): ForwardId {
  return row as ForwardId
}

/** A request for other members as the caller wrote it. */
export interface RequestForward {
  readonly peers: readonly NodeId[]
  readonly body: Uint8Array
  /** Unix ms after which nobody needs it any more. */
  readonly until: number
}

/** What became of a request on its way: who did not get it now waits for it in the queue. */
export interface Landing {
  readonly forward: ForwardId
  /** Empty if all have it. */
  readonly unreached: readonly NodeId[]
}

/** Something that waits for a peer. `void` needs no sending any more, only to be acknowledged: its message is gone. */
export type QueuedForward =
  | { readonly kind: 'message'; readonly id: ForwardId; readonly record: MessageRecord }
  | { readonly kind: 'request'; readonly id: ForwardId; readonly body: Uint8Array }
  | { readonly kind: 'void'; readonly id: ForwardId }

/** How much waits for a peer. */
export interface QueueLength {
  readonly peer: NodeId
  readonly count: number
}
