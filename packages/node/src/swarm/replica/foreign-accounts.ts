import { SottoError } from '@sotto/protocol/error'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeDirectory, type Swarm } from '@sotto/registry'
import { type SleepingClock } from '../../clock/clock.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { type DumpPiece, type RangeCursor } from '../../store/port/replica.ts'
import { type SwarmLimits } from '../forward/swarm-limits.ts'
import { ringOf } from './directory-ring.ts'
import { type ForeignPart, lastOwners, partsOf } from './foreign-parts.ts'
import { type ReplicaClient } from './replica-client.ts'
import { complement, swarmRange } from './swarm-range.ts'

/** What forgetting needs. */
export interface ForeignAccountsParts {
  readonly id: NodeId
  readonly clock: SleepingClock
  readonly directory: NodeDirectory
  readonly served: ServedSwarm
  readonly store: NodeStore
  readonly replicas: ReplicaClient
  readonly limits: SwarmLimits
  readonly stopped: AbortSignal
  /** Whether copies for others are under way: these come first. */
  readonly isHandingOver: () => boolean
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/** How often it is looked whether there is something to forget, as a share of the time for which it is kept. */
const LOOKS = 6

/**
 * Forgets accounts that others serve now, an hour after swarms last changed, and only what a majority of those who serve them
 * say that they have: whatever one of them misses is brought to it first. Spec 70, D6, L3.
 */
export class ForeignAccounts {
  readonly #parts: ForeignAccountsParts
  #changedAt: number
  #running: Promise<void> = Promise.resolve()

  constructor(parts: ForeignAccountsParts) {
    this.#parts = parts
    this.#changedAt = parts.clock.monotonic()
  }

  /** Swarms have changed: the time begins anew. */
  changed(): void {
    this.#changedAt = this.#parts.clock.monotonic()
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Ends when nothing runs any more. The signal must have aborted. */
  async stopped(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock, limits, stopped, onFailure } = this.#parts
    while (!stopped.aborted) {
      try {
        await clock.sleep(limits.foreignMs / LOOKS, stopped)
        if (this.#isTime()) await this.#forget()
      } catch (error) {
        if (!stopped.aborted) onFailure(error)
      }
    }
  }

  #isTime(): boolean {
    const { clock, limits, isHandingOver } = this.#parts
    return clock.monotonic() >= this.#changedAt + limits.foreignMs && !isHandingOver()
  }

  async #forget(): Promise<void> {
    const { clock, directory, served, store, limits, stopped } = this.#parts
    const own = served.own()
    const range = own === undefined ? undefined : complement(swarmRange(ringOf(directory).ids, own.swarmId))
    if (range === undefined) return
    let after: RangeCursor | undefined
    let unkept: ReadonlySet<SwarmOwner> = new Set()
    while (this.#isTime() && !stopped.aborted) {
      const walk = {
        maxCount: limits.pieceCount,
        maxBytes: limits.pieceBytes,
        ...(after === undefined ? {} : { after }),
      }
      const piece = store.dump(range, walk, clock.now())
      unkept = await this.#forgetPiece(piece, unkept)
      after = piece.next
      if (after === undefined) return
    }
  }

  /** `unkept` are accounts of which not all that came before is kept by others. Answers those that may go on like that. */
  async #forgetPiece(piece: DumpPiece, unkept: ReadonlySet<SwarmOwner>): Promise<ReadonlySet<SwarmOwner>> {
    const { directory } = this.#parts
    const cut = lastOwners(piece)
    const open = new Set<SwarmOwner>()
    for (const [swarm, group] of Map.groupBy(partsOf(piece), ({ owner }) => directory.swarmOf(owner))) {
      const isKept = swarm !== undefined && (await this.#isKept(swarm, group)) && this.#isForeign(swarm, group)
      for (const part of group) {
        const isWhole = !cut.has(part.owner) && !unkept.has(part.owner)
        if (isKept) await this.#drop(part, isWhole)
        if (cut.has(part.owner) && (!isKept || unkept.has(part.owner))) open.add(part.owner)
      }
    }
    return open
  }

  async #drop({ owner, messages }: ForeignPart, isWhole: boolean): Promise<void> {
    const hashes = messages.map(({ hash }) => hash)
    if (!this.#parts.served.serves(owner)) await this.#parts.store.forget(owner, hashes, isWhole)
  }

  /** Still, after others have answered. */
  #isForeign({ swarmId }: Swarm, group: readonly ForeignPart[]): boolean {
    const { served, directory } = this.#parts
    return group.every(({ owner }) => !served.serves(owner) && directory.swarmOf(owner)?.swarmId === swarmId)
  }

  /** Whether a majority of a swarm has all of it on the disk, or will never take it. */
  async #isKept({ members }: Swarm, group: readonly ForeignPart[]): Promise<boolean> {
    const others = members.map(({ ed25519 }) => ed25519).filter(id => id !== this.#parts.id)
    const kept = await Promise.all(others.map(async node => this.#isKeptBy(node, group)))
    return kept.filter(Boolean).length >= Math.ceil((members.length + 1) / 2)
  }

  async #isKeptBy(node: NodeId, group: readonly ForeignPart[]): Promise<boolean> {
    const { replicas } = this.#parts
    const messages = group.flatMap(part => part.messages)
    const tombstones = group.flatMap(part => part.tombstones)
    const revocations = group.flatMap(part => part.revocations)
    try {
      const wanted = messages.length === 0 ? [] : await replicas.wanted(node, messages)
      const missing = messages.filter((_, at) => wanted[at] === true)
      if (missing.length + tombstones.length + revocations.length > 0) {
        await replicas.bring(node, { messages: missing, tombstones, revocations })
      }
      return true
    } catch (error) {
      if (error instanceof SottoError) return false
      throw error
    }
  }
}
