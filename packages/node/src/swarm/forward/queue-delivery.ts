import { SottoError } from '@sotto/protocol/error'
import { type NodeId } from '@sotto/protocol/swarm'
import { type Clock } from '../../clock/clock.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type ForwardId, type QueuedForward } from '../../store/port/forward.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { decodeApplied, LATE_METHOD } from '../apply/applied-request.ts'
import { decodeMember } from '../apply/member-result.ts'
import { LinkError } from '../link/link-error.ts'
import { type MemberClient } from '../link/member-client.ts'
import { type PeerConduct } from '../peer-conduct.ts'
import { type Step } from '../peer-workers.ts'
import { type ReplicaClient } from '../replica/replica-client.ts'
import { type SwarmLimits } from './swarm-limits.ts'

/** What delivering needs. */
export interface QueueDeliveryParts {
  readonly clock: Clock
  readonly store: NodeStore
  readonly served: ServedSwarm
  readonly client: MemberClient
  readonly conduct: PeerConduct
  readonly replicas: ReplicaClient
  readonly limits: SwarmLimits
  readonly stopped: AbortSignal
}

/** Statuses of a member that will never take a request. */
const final: ReadonlySet<number> = new Set([400, 401, 403])

/**
 * Brings members what they missed: messages as copies, every other change as the account's own signed request. What was
 * delivered is taken out of the queue; the rest stays until it has no meaning any more. Spec 70, X8, D3.
 */
export class QueueDelivery {
  readonly #parts: QueueDeliveryParts

  constructor(parts: QueueDeliveryParts) {
    this.#parts = parts
  }

  /** The nodes that something waits for. */
  waiting(): readonly NodeId[] {
    return this.#parts.store.queueLengths().map(({ peer }) => peer)
  }

  /** Delivers a piece of a node's queue. */
  async step(node: NodeId): Promise<Step> {
    const { store, served, limits, clock } = this.#parts
    const amount = { maxCount: limits.pieceCount, maxBytes: limits.pieceBytes }
    const queued = store.queued(node, amount, clock.now())
    if (queued.length === 0) return 'done'
    if (!served.others().includes(node)) {
      // Serves other accounts now. Its queue goes; a copy for it that is under way stays.
      await store.acknowledge(
        node,
        queued.map(({ id }) => id),
      )
      return 'more'
    }
    const delivered = await this.#deliver(node, queued)
    if (delivered.length > 0) await store.acknowledge(node, delivered)
    return delivered.length === queued.length ? 'more' : 'failed'
  }

  async #deliver(node: NodeId, queued: readonly QueuedForward[]): Promise<readonly ForwardId[]> {
    const records = queued.filter(item => item.kind === 'message')
    const delivered = queued.filter(({ kind }) => kind === 'void').map(({ id }) => id)
    try {
      if (records.length > 0) {
        const messages = records.map(({ record }) => record)
        await this.#parts.replicas.bring(node, { messages, tombstones: [], revocations: [] })
        delivered.push(...records.map(({ id }) => id))
      }
      for (const item of queued) {
        if (item.kind === 'request' && (await this.#request(node, item.body))) delivered.push(item.id)
      }
    } catch (error) {
      if (!(error instanceof SottoError)) throw error
      if (error instanceof LinkError) this.#parts.conduct.silent(node)
    }
    return delivered
  }

  /** Whether the node has dealt with a request for good. */
  async #request(node: NodeId, body: Uint8Array): Promise<boolean> {
    const { client, conduct, limits, stopped: signal } = this.#parts
    const answer = await client.ask(node, LATE_METHOD, body, { timeoutMs: limits.pieceTimeoutMs, signal })
    conduct.answered(node)
    if (answer.status !== 200) return final.has(answer.status)
    const member = decodeMember(decodeApplied(body).request, node, answer.body, undefined)
    return member?.kind === 'done'
  }
}
