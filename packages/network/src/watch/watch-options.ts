import { type MessageHash, type Namespace, type RetrieveParams, type StoredMessage } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type NetworkErrorCode } from '../network-error.ts'
import { type PathView } from '../paths/path-view.ts'

/** What one member has of one namespace. */
export interface NamespaceNews {
  readonly namespace: Namespace
  /** In the order of that member. Messages whose hash is not that of their bytes have been left out. */
  readonly messages: readonly StoredMessage[]
  /**
   * The last element that the member sent, also if it was left out of `messages`: the new cursor of (member, account,
   * namespace). `undefined` if it sent none; then the cursor stays.
   */
  readonly cursor?: MessageHash
  /** The cursor was not known there, the list starts at the beginning: forget the old cursor. */
  readonly reset: boolean
  /** There is more; it is asked for while this is delivered. */
  readonly more: boolean
}

/** What one member brought. */
export interface WatchNews {
  readonly member: NodeId
  /** Only namespaces that were answered; each at most once. */
  readonly results: readonly NamespaceNews[]
}

/** How a watch is doing. */
export interface WatchState {
  /** `live`: a request is held, or will be in a moment. `polling`: no member can hold. `waiting`: it failed and is tried again. */
  readonly kind: 'connecting' | 'live' | 'polling' | 'waiting'
  /** Unix ms of the network; only while `waiting`. */
  readonly nextTryAt?: number
  /** Why it waits. */
  readonly reason?: NetworkErrorCode
}

/** Where a watch asks, for people to look at. */
export interface WatchPlace {
  /** How many members the swarm has. */
  readonly members: number
  /** The one that holds, or was asked last; `undefined` while several are polled. */
  readonly member: NodeEntry | undefined
  /** What the last answer came through, as long as it is in use. */
  readonly path: PathView | undefined
}

/** What to watch and whom to tell. */
export interface WatchOptions {
  readonly owner: SwarmOwner
  /**
   * What to ask of this member: one signed retrieve per namespace, with this member's cursor, signed with the time `now`
   * (network, Unix ms). 1 to 20 entries. Called before each request. For the rest of a long list, the cursor is put in that the
   * part before it ended with.
   */
  retrieves(member: NodeId, now: number): readonly RetrieveParams[] | Promise<readonly RetrieveParams[]>
  /**
   * Must have committed effects and cursor together before it resolves. Never called twice at a time; the rest of a long list is
   * fetched meanwhile, but handed over only then. If it rejects, that is dropped, and the watch waits and asks again from the old
   * cursor.
   */
  deliver(news: WatchNews): Promise<void>
  readonly onState?: (state: WatchState) => void
  /** Another member is asked, or over another path. */
  readonly onPlace?: () => void
  /** Trades speed for privacy: nodes and this device wait up to 5 s each. Spec 21 §4. */
  readonly delayed?: boolean
}

/** A watch that runs. */
export interface Watch {
  readonly state: WatchState
  /** `undefined` until the swarm is known. */
  readonly place: WatchPlace | undefined
  /** After sleep or a change of the network: what waits is asked again at once, and nobody is blamed. */
  poke(): void
  /** Ends when nothing runs any more, deliveries included: so `deliver` must not wait for it. */
  stop(): Promise<void>
}
