import { equalBytes } from '@sotto/protocol/crypto'
import { type MessageHash } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type Clock } from '../../clock/clock.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import {
  type AccountHashes,
  type MessageLife,
  type RangeCursor,
  type RangeDigest,
  type SpaceRange,
} from '../../store/port/replica.ts'
import { type SwarmLimits } from '../forward/swarm-limits.ts'
import { type MarkClaims } from './mark-claims.ts'
import { MAX_RANGES } from './range-codec.ts'
import { type ReplicaClient } from './replica-client.ts'
import { ReplicaError } from './replica-error.ts'
import { plausible, plausibleExpiries } from './replica-methods.ts'
import { splitRange } from './swarm-range.ts'

/** What repairing needs. */
export interface RepairParts {
  readonly clock: Clock
  readonly store: NodeStore
  readonly served: ServedSwarm
  readonly replicas: ReplicaClient
  readonly claims: MarkClaims
  readonly limits: SwarmLimits
  readonly stopped: AbortSignal
}

/** Messages that end before this much has passed are not worth comparing, ms. */
const soonMs = 120_000
/** The most pieces of a list in one range; a node that has more is asked again the next time. */
const maxPieces = 64

/**
 * Fetches from one member what this node misses, and learns of other ends. Digests of ranges are compared and split until few enough messages are left
 * to compare them one by one, so members that agree exchange some hundred bytes. Only this node changes: the other one does the
 * same the other way round. Spec 70, D5, D9.
 */
export class Repair {
  readonly #parts: RepairParts

  constructor(parts: RepairParts) {
    this.#parts = parts
  }

  /**
   * Ends when everything in the range was compared. Answers how many messages came.
   * @throws {LinkError} if the member does not answer
   * @throws {ReplicaError} if what it answers makes no sense
   */
  async pull(member: NodeId, range: SpaceRange): Promise<number> {
    const { clock, replicas, store, limits, stopped } = this.#parts
    await replicas.ping(member)
    const aliveAfter = clock.now() + soonMs
    const waiting: SpaceRange[] = [range]
    let count = 0
    while (waiting.length > 0 && !stopped.aborted) {
      const ranges = waiting.splice(-MAX_RANGES)
      const theirs = await replicas.digests(member, { ranges, aliveAfter })
      for (const [at, part] of ranges.entries()) {
        const own = await store.digest(part, aliveAfter)
        const other = theirs[at]
        if (other === undefined || isSame(own, other)) continue
        const isLeaf = Math.max(own.messages, other.messages) <= limits.leafMessages || part.from === part.to
        if (other.accounts === 0) await this.#pullMarks(member, part)
        else if (isLeaf) count += await this.#pullLeaf(member, part, aliveAfter)
        else waiting.push(...splitRange(part, MAX_RANGES))
      }
    }
    return count
  }

  async #pullLeaf(member: NodeId, range: SpaceRange, aliveAfter: number): Promise<number> {
    const { replicas } = this.#parts
    let after: RangeCursor | undefined
    let count = 0
    for (let piece = 0; piece < maxPieces; piece++) {
      const { accounts, next } = await replicas.hashes(member, { range, aliveAfter, after })
      for (const account of accounts) count += await this.#pullAccount(member, account)
      after = next
      if (after === undefined) break
    }
    await this.#pullMarks(member, range)
    return count
  }

  async #pullAccount(member: NodeId, { owner, messages: theirs }: AccountHashes): Promise<number> {
    const { store, clock, served, replicas } = this.#parts
    if (!served.serves(owner)) return 0
    const hashes = theirs.map(({ hash }) => hash)
    const known = store.lives(owner, hashes, clock.now())
    await this.#pullExpiries(member, owner, theirs, known)
    let missing = hashes.filter(hash => !known.has(hash))
    let count = 0
    while (missing.length > 0) {
      const messages = await replicas.fetch(member, { owner, hashes: missing })
      if (messages.length === 0) break
      const now = clock.now()
      count += (await store.insertRecords(plausible({ messages, tombstones: [], revocations: [] }, now).messages, now))
        .inserted
      const come = new Set(messages.map(({ hash }) => hash))
      missing = missing.filter(hash => !come.has(hash))
    }
    return count
  }

  /** Of messages that both have but not until the same time. */
  async #pullExpiries(
    member: NodeId,
    owner: SwarmOwner,
    theirs: readonly MessageLife[],
    known: ReadonlyMap<MessageHash, MessageLife>,
  ): Promise<void> {
    const { claims, clock } = this.#parts
    const now = clock.now()
    const different = theirs.filter(({ hash, expiry }) => (known.get(hash)?.expiry ?? expiry) !== expiry)
    const records = plausibleExpiries(
      different.map(life => ({ owner, ...life })),
      now,
    )
    if (records.length > 0) await claims.claimExpiries(member, records, now)
  }

  async #pullMarks(member: NodeId, range: SpaceRange): Promise<void> {
    const { replicas, claims, clock, served } = this.#parts
    let after: RangeCursor | undefined
    for (let piece = 0; piece < maxPieces; piece++) {
      const { next, ...marks } = await replicas.marks(member, { range, after })
      const { tombstones, revocations } = plausible({ messages: [], ...marks }, clock.now())
      const isOurs = [...tombstones, ...revocations].every(({ owner }) => served.serves(owner))
      if (!isOurs) throw new ReplicaError('replica.other-swarm')
      await claims.claim(member, tombstones, revocations, clock.now())
      after = next
      if (after === undefined) return
    }
  }
}

function isSame(one: RangeDigest, other: RangeDigest): boolean {
  return equalBytes(one.digest, other.digest)
}
