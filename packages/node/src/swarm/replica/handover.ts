import { SottoError } from '@sotto/protocol/error'
import { type NodeId } from '@sotto/protocol/swarm'
import { type DirectoryChange, type NodeDirectory } from '@sotto/registry'
import { type Clock } from '../../clock/clock.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { type SwarmLimits } from '../forward/swarm-limits.ts'
import { type Step } from '../peer-workers.ts'
import { decodeJob, encodeJob, type HandoverJob, handoversAfter } from './handover-job.ts'
import { type ReplicaClient } from './replica-client.ts'

/** What handing over needs. */
export interface HandoverParts {
  readonly id: NodeId
  readonly clock: Clock
  readonly directory: NodeDirectory
  readonly store: NodeStore
  readonly replicas: ReplicaClient
  readonly limits: SwarmLimits
}

/**
 * Copies for nodes that serve accounts which this node served before. Each piece is acknowledged before the next, and how far
 * it has come is on the disk, so a restart on either side costs one piece. Of messages that the other node has already, only
 * their names go over the wire. Spec 20 §6, spec 70, X6, D6.
 */
export class Handover {
  readonly #parts: HandoverParts

  constructor(parts: HandoverParts) {
    this.#parts = parts
  }

  /** Begins what a change makes necessary. Answers the nodes that there is work for. */
  async begin(change: DirectoryChange): Promise<readonly NodeId[]> {
    const { id, clock, store } = this.#parts
    const jobs = handoversAfter(change, id)
    for (const [node, range] of jobs) {
      await store.setCursor(node, encodeJob({ range, startedAt: clock.now(), after: undefined }))
    }
    return [...jobs.keys()]
  }

  /** The nodes whose copies were not finished when the node was stopped. */
  unfinished(): readonly NodeId[] {
    const { directory, store } = this.#parts
    return directory
      .list()
      .nodes.map(({ ed25519 }) => ed25519)
      .filter(node => store.cursor(node) !== undefined)
  }

  /** The next piece for a node. */
  async step(node: NodeId): Promise<Step> {
    const { store, directory, clock, limits } = this.#parts
    const cursor = store.cursor(node)
    if (cursor === undefined) return 'done'
    const job = decodeJob(cursor)
    const isOver = job === undefined || clock.now() > job.startedAt + limits.handoverMs
    if (isOver || directory.byId(node) === undefined) {
      await store.setCursor(node, undefined)
      return 'done'
    }
    try {
      return await this.#bring(node, job)
    } catch (error) {
      if (error instanceof SottoError) return 'failed'
      throw error
    }
  }

  async #bring(node: NodeId, { range, startedAt, after }: HandoverJob): Promise<Step> {
    const { store, replicas, limits, clock } = this.#parts
    const walk = { maxCount: limits.pieceCount, maxBytes: limits.pieceBytes, ...(after === undefined ? {} : { after }) }
    const { messages, tombstones, revocations, next } = store.dump(range, walk, clock.now())
    const wanted = messages.length === 0 ? [] : await replicas.wanted(node, messages)
    const missing = messages.filter((_, at) => wanted[at] === true)
    if (missing.length + tombstones.length + revocations.length > 0) {
      await replicas.bring(node, { messages: missing, tombstones, revocations })
    }
    await store.setCursor(node, next === undefined ? undefined : encodeJob({ range, startedAt, after: next }))
    return next === undefined ? 'done' : 'more'
  }
}
