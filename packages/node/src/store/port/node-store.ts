import { type MessageHash, type Namespace, type SubaccountToken } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type ForwardId, type Landing, type QueuedForward, type QueueLength } from './forward.ts'
import { type MessageRecord, type Retrieved, type RetrieveLimits } from './message.ts'
import {
  type DumpPiece,
  type ExpiryRecord,
  type HashesPiece,
  type InsertOutcome,
  type MessageLife,
  type RangeCursor,
  type RangeDigest,
  type RevocationRecord,
  type SpaceRange,
  type TombstoneRecord,
  type WalkLimits,
} from './replica.ts'
import { type StoreStatistics, type StoreUsage } from './statistics.ts'
import {
  type DeleteAllRequest,
  type DeleteBeforeRequest,
  type DeleteManyOutcome,
  type DeleteOutcome,
  type DeleteRequest,
  type ExpireAllOutcome,
  type ExpireAllRequest,
  type ExpireOutcome,
  type ExpireRequest,
  type RevokeOutcome,
  type RevokeRequest,
  type StoreOutcome,
  type StoreRequest,
} from './write-requests.ts'

/** Told once for each box in which something new lies, after the commit. Must not throw. Spec 21 §1.3. */
export type InsertListener = (owner: SwarmOwner, namespace: Namespace) => void

/**
 * What a node keeps. Writes are promises that are kept once the change is on the disk; a write is done wholly or, when its
 * promise is broken, not at all. Reads are synchronous, because they take microseconds, and see every write whose promise was
 * kept; only the two that walk over many accounts are not. Time is Unix ms and always handed in. An expired message is
 * gone for every answer, whether it was swept or not.
 * @throws {NodeStoreError} from everything
 */
export interface NodeStore {
  retrieve(owner: SwarmOwner, namespace: Namespace, limits: RetrieveLimits, now: number): Retrieved
  /** Of those that are here. What is no hash is not here. Spec 20 §3.11. */
  getExpiries(owner: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, number>
  /** The same with the time of the owner's last change. */
  lives(owner: SwarmOwner, hashes: readonly MessageHash[], now: number): ReadonlyMap<MessageHash, MessageLife>
  isRevoked(owner: SwarmOwner, token: SubaccountToken): boolean

  /** @throws {NodeStoreError} `node-store.full`, `node-store.box-full` */
  store(request: StoreRequest): Promise<StoreOutcome>
  deleteMessages(request: DeleteRequest): Promise<DeleteOutcome>
  deleteAll(request: DeleteAllRequest): Promise<DeleteManyOutcome>
  deleteBefore(request: DeleteBeforeRequest): Promise<DeleteManyOutcome>
  expire(request: ExpireRequest): Promise<ExpireOutcome>
  expireAll(request: ExpireAllRequest): Promise<ExpireAllOutcome>
  /** @throws {NodeStoreError} `node-store.full` */
  revoke(request: RevokeRequest): Promise<RevokeOutcome>
  /** @throws {NodeStoreError} `node-store.full` */
  unrevoke(request: RevokeRequest): Promise<RevokeOutcome>

  /** Ends the way of requests, in one transaction. Answers how many found the queue of their peer full. Spec 70, X8. */
  land(landings: readonly Landing[]): Promise<number>
  /** What waits for a peer, oldest first, until `maxBytes` of data are reached; at least one. */
  queued(
    peer: NodeId,
    limits: { readonly maxCount: number; readonly maxBytes: number },
    now: number,
  ): readonly QueuedForward[]
  /** A peer has got these, or will never take them. */
  acknowledge(peer: NodeId, forwards: readonly ForwardId[]): Promise<void>
  queueLengths(): readonly QueueLength[]
  /** Forgets the queue and the cursor of a peer that left. */
  dropPeer(peer: NodeId): Promise<void>

  /** Bytes that were kept for a peer, at most 256: how far it has got a dump. Spec 70, X6. */
  cursor(peer: NodeId): Uint8Array | undefined
  setCursor(peer: NodeId, cursor: Uint8Array | undefined): Promise<void>
  dump(range: SpaceRange, limits: WalkLimits, now: number): DumpPiece
  /**
   * The caller has checked each record: hash, sizes, expiry, and that its account belongs here. Spec 70, X6.
   * @throws {NodeStoreError} `node-store.full`; none of them is kept then
   */
  insertRecords(records: readonly MessageRecord[], now: number): Promise<InsertOutcome>
  /** Deletes what was stored before its tombstone, and keeps the tombstones. Answers how many messages went. */
  applyTombstones(records: readonly TombstoneRecord[], now: number): Promise<number>
  /**
   * Ends that peers have for messages that are here. Of proven ones the later change holds, and of two at
   * once theirs; others only prolong, and no more than
   * a store could have. Answers how many messages have another one now. Spec 70, D5.
   */
  mergeExpiries(records: readonly ExpiryRecord[], isProven: boolean, now: number): Promise<number>
  /** @throws {NodeStoreError} `node-store.full` */
  applyRevocations(records: readonly RevocationRecord[]): Promise<void>

  /**
   * Drops messages of an account that others keep now, without a trace; if that is `all`, with the last one also everything else
   * that is known of the account. Spec 70, D6.
   */
  forget(owner: SwarmOwner, hashes: readonly MessageHash[], all: boolean): Promise<void>

  /** Over messages that live beyond `aliveAfter`, on which both sides agree. Gives way to others between accounts. */
  digest(range: SpaceRange, aliveAfter: number): Promise<RangeDigest>
  /** The hashes under such a digest. */
  hashes(
    range: SpaceRange,
    aliveAfter: number,
    limits: { readonly after?: RangeCursor; readonly maxCount: number },
  ): HashesPiece
  /** Messages of an account by hash, until `maxBytes` of data are reached; at least one. */
  records(owner: SwarmOwner, hashes: readonly MessageHash[], maxBytes: number, now: number): readonly MessageRecord[]

  /** Removes what has expired, slice by slice, others in between. Answers how many messages went. */
  sweep(now: number): Promise<number>
  usage(): StoreUsage
  statistics(): Promise<StoreStatistics>
  onInserted(listener: InsertListener): () => void
  /** What was asked for before is finished first. */
  close(): Promise<void>
}
