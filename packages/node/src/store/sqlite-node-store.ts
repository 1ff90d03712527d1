import { type MessageHash, type Namespace, type SubaccountToken } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type StoreLimits } from './limits.ts'
import { NodeStoreError, type NodeStoreErrorCode, nodeStoreErrorOf } from './node-store-error.ts'
import { type ForwardId, type Landing, type QueuedForward, type QueueLength } from './port/forward.ts'
import { type MessageRecord, type Retrieved, type RetrieveLimits } from './port/message.ts'
import { type InsertListener, type NodeStore } from './port/node-store.ts'
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
} from './port/replica.ts'
import { type StoreStatistics, type StoreUsage } from './port/statistics.ts'
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
} from './port/write-requests.ts'
import { DigestReads } from './read/digest-reads.ts'
import { DumpReads } from './read/dump-reads.ts'
import { MessageReads } from './read/message-reads.ts'
import { QueueReads } from './read/queue-reads.ts'
import { StatisticsReads } from './read/statistics-reads.ts'
import { type Connection } from './sql/connection.ts'
import { touchedBy } from './write/touched.ts'
import { type WriteName, type WriteParams, type WriteResult } from './write/writes.ts'

/** What the store stands on. */
export interface StorePorts {
  /** Sees what is committed. Only read from. */
  readonly reads: Connection
  /** Keeps its promise once the write is on the disk; writes happen in the order of the calls. */
  write<Name extends WriteName>(name: Name, params: WriteParams<Name>): Promise<WriteResult<Name>>
  /** Gives way to whatever else the process has to do. */
  pause(): Promise<void>
  /** Finishes what was asked for, and lets go of the file. */
  close(): Promise<void>
}

/** A slice of the sweep: some ten milliseconds at most. */
const slice = { maxRows: 100, maxBytes: 2 * 1024 * 1024 }
/** Of writes that were not even tried, or undone for a reason that leaves no doubt. */
const refusals: ReadonlySet<NodeStoreErrorCode> = new Set<NodeStoreErrorCode>([
  'node-store.full',
  'node-store.box-full',
  'node-store.overloaded',
  'node-store.closed',
])
/** Rows that one write of a longer work takes. */
const ROWS_PER_WRITE = 500

/** The store over SQLite. */
export class SqliteNodeStore implements NodeStore {
  readonly #ports: StorePorts
  readonly #messages: MessageReads
  readonly #dumps: DumpReads
  readonly #digests: DigestReads
  readonly #queues: QueueReads
  readonly #statistics: StatisticsReads
  readonly #listeners = new Set<InsertListener>()
  #refusal: NodeStoreError | undefined

  /** The database has the newest schema. */
  constructor(ports: StorePorts, limits: StoreLimits) {
    this.#ports = ports
    this.#messages = new MessageReads(ports.reads, limits.cacheBytes)
    this.#dumps = new DumpReads(ports.reads)
    this.#digests = new DigestReads(ports.reads)
    this.#queues = new QueueReads(ports.reads)
    this.#statistics = new StatisticsReads(ports.reads, limits.maxBytes)
  }

  /** What was on its way when the process ended waits in the queues from now on. To be called first. Spec 70, D3. */
  async recover(): Promise<void> {
    while ((await this.#write('recover', ROWS_PER_WRITE)) === ROWS_PER_WRITE);
  }

  retrieve(owner: SwarmOwner, namespace: Namespace, limits: RetrieveLimits, now: number): Retrieved {
    return this.#read(() => this.#messages.retrieve(owner, namespace, limits, now))
  }

  getExpiries(owner: SwarmOwner, hashes: readonly string[], now: number): ReadonlyMap<MessageHash, number> {
    return this.#read(() => this.#messages.getExpiries(owner, hashes, now))
  }

  lives(owner: SwarmOwner, hashes: readonly MessageHash[], now: number): ReadonlyMap<MessageHash, MessageLife> {
    return this.#read(() => this.#messages.lives(owner, hashes, now))
  }

  isRevoked(owner: SwarmOwner, token: SubaccountToken): boolean {
    return this.#read(() => this.#messages.isRevoked(owner, token))
  }

  async store(request: StoreRequest): Promise<StoreOutcome> {
    const outcome = await this.#write('store', request)
    const isNew = outcome.kind === 'stored' && !outcome.already
    if (isNew) this.#tell(request.message.owner, request.message.namespace)
    return outcome
  }

  deleteMessages(request: DeleteRequest): Promise<DeleteOutcome> {
    return this.#write('deleteMessages', request)
  }

  deleteAll(request: DeleteAllRequest): Promise<DeleteManyOutcome> {
    return this.#write('deleteAll', request)
  }

  deleteBefore(request: DeleteBeforeRequest): Promise<DeleteManyOutcome> {
    return this.#write('deleteBefore', request)
  }

  expire(request: ExpireRequest): Promise<ExpireOutcome> {
    return this.#write('expire', request)
  }

  expireAll(request: ExpireAllRequest): Promise<ExpireAllOutcome> {
    return this.#write('expireAll', request)
  }

  revoke(request: RevokeRequest): Promise<RevokeOutcome> {
    return this.#write('revoke', request)
  }

  unrevoke(request: RevokeRequest): Promise<RevokeOutcome> {
    return this.#write('unrevoke', request)
  }

  land(landings: readonly Landing[]): Promise<number> {
    return this.#write('land', landings)
  }

  queued(
    peer: NodeId,
    limits: { readonly maxCount: number; readonly maxBytes: number },
    now: number,
  ): readonly QueuedForward[] {
    return this.#read(() => this.#queues.queued(peer, limits, now))
  }

  acknowledge(peer: NodeId, forwards: readonly ForwardId[]): Promise<void> {
    return this.#write('acknowledge', { peer, forwards })
  }

  queueLengths(): readonly QueueLength[] {
    return this.#read(() => this.#queues.queueLengths())
  }

  async dropPeer(peer: NodeId): Promise<void> {
    while ((await this.#write('dropPeer', { peer, count: ROWS_PER_WRITE })) === ROWS_PER_WRITE);
  }

  cursor(peer: NodeId): Uint8Array | undefined {
    return this.#read(() => this.#queues.cursor(peer))
  }

  setCursor(peer: NodeId, cursor: Uint8Array | undefined): Promise<void> {
    return this.#write('setCursor', { peer, cursor })
  }

  dump(range: SpaceRange, limits: WalkLimits, now: number): DumpPiece {
    return this.#read(() => this.#dumps.dump(range, limits, now))
  }

  async insertRecords(records: readonly MessageRecord[], now: number): Promise<InsertOutcome> {
    const { insertedAt, ...outcome } = await this.#write('insertRecords', { records, now })
    const told = new Set<string>()
    for (const at of insertedAt) {
      const record = records[at]
      const box = `${record?.owner}${record?.namespace}`
      if (record !== undefined && !told.has(box)) this.#tell(record.owner, record.namespace)
      told.add(box)
    }
    return outcome
  }

  applyTombstones(records: readonly TombstoneRecord[], now: number): Promise<number> {
    return this.#write('applyTombstones', { records, now })
  }

  mergeExpiries(records: readonly ExpiryRecord[], isProven: boolean, now: number): Promise<number> {
    return this.#write('mergeExpiries', { records, isProven, now })
  }

  applyRevocations(records: readonly RevocationRecord[]): Promise<void> {
    return this.#write('applyRevocations', { records })
  }

  async forget(owner: SwarmOwner, hashes: readonly MessageHash[], isAll: boolean): Promise<void> {
    while (await this.#write('forget', { owner, hashes, isAll, maxRows: ROWS_PER_WRITE }));
  }

  async digest(range: SpaceRange, aliveAfter: number): Promise<RangeDigest> {
    return this.#digests.digest(range, aliveAfter, () => this.#ports.pause()).catch(rethrow)
  }

  hashes(
    range: SpaceRange,
    aliveAfter: number,
    limits: { readonly after?: RangeCursor; readonly maxCount: number },
  ): HashesPiece {
    return this.#read(() => this.#digests.hashes(range, aliveAfter, limits))
  }

  records(owner: SwarmOwner, hashes: readonly MessageHash[], maxBytes: number, now: number): readonly MessageRecord[] {
    return this.#read(() => this.#messages.records(owner, hashes, maxBytes, now))
  }

  async sweep(now: number): Promise<number> {
    let messages = 0
    for (;;) {
      const swept = await this.#write('sweep', { now, ...slice })
      if (swept.messages > 0) this.#messages.forgetAll()
      messages += swept.messages
      if (!swept.more) return messages
    }
  }

  usage(): StoreUsage {
    return this.#read(() => this.#statistics.usage())
  }

  statistics(): Promise<StoreStatistics> {
    return this.#statistics.statistics(() => this.#ports.pause()).catch(rethrow)
  }

  onInserted(listener: InsertListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#refusal ??= new NodeStoreError('node-store.closed')
    await this.#ports.close()
  }

  #tell(owner: SwarmOwner, namespace: Namespace): void {
    for (const listener of this.#listeners) listener(owner, namespace)
  }

  #read<T>(read: () => T): T {
    if (this.#refusal?.code === 'node-store.closed') throw this.#refusal
    try {
      return read()
    } catch (error) {
      throw nodeStoreErrorOf(error)
    }
  }

  /** After a failed fsync nothing is known of what is on the disk: no further write is believed. Spec 70, D10. */
  async #write<Name extends WriteName>(name: Name, params: WriteParams<Name>): Promise<WriteResult<Name>> {
    if (this.#refusal !== undefined) throw this.#refusal
    try {
      const result = await this.#ports.write(name, params)
      this.#forget(touchedBy[name](params))
      return result
    } catch (error) {
      const refusal = nodeStoreErrorOf(error)
      if (!refusals.has(refusal.code)) this.#messages.forgetAll()
      if (refusal.code === 'node-store.unsynced') this.#refusal = refusal
      throw refusal
    }
  }

  /** Before anybody is told of a write, nothing that it has changed may be read from memory. */
  #forget(owners: Iterable<SwarmOwner>): void {
    for (const owner of owners) this.#messages.forget(owner)
  }
}

function rethrow(error: unknown): never {
  throw nodeStoreErrorOf(error)
}
