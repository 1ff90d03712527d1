import {
  checkRequest,
  type HardFork,
  hashMessage,
  type MessageHash,
  type Outcome,
  type RecursiveMethod,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type SleepingClock } from '../../clock/clock.ts'
import { type NodeIdentity } from '../../rpc/node-identity.ts'
import { type SwarmWrites } from '../../rpc/node-context.ts'
import { type ServedSwarm } from '../../rpc/served-swarm.ts'
import { type ForwardId } from '../../store/port/forward.ts'
import { type NodeStore } from '../../store/port/node-store.ts'
import { encodeApplied } from '../apply/applied-request.ts'
import { type WriteContext, writeLocally } from '../apply/local-writes.ts'
import { type AnyMemberReply, recursiveOutcome, signedResult, storeFailure } from '../apply/member-result.ts'
import { type LandingQueue } from './landing-queue.ts'
import { type MemberCalls } from './member-calls.ts'
import { gatherQuorum } from './quorum.ts'
import { SharedWait } from './shared-wait.ts'
import { type SwarmLimits } from './swarm-limits.ts'

/** What the writer needs. */
export interface SwarmWriterParts {
  readonly identity: NodeIdentity
  readonly clock: SleepingClock
  readonly hardFork: HardFork
  readonly store: NodeStore
  readonly served: ServedSwarm
  readonly calls: MemberCalls
  readonly landings: LandingQueue
  readonly limits: SwarmLimits
  /** Aborts when the node waits for nobody any more. */
  readonly stopped: AbortSignal
  /** Tokens of this account were revoked here. */
  readonly onRevoked: (owner: SwarmOwner) => void
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/**
 * Carries out a client's change here and on the other members at once, and answers as soon as a majority has confirmed it with
 * good signatures and the rest had a moment: one slow member delays nobody. Whoever has not confirmed by then is reported as a
 * timeout and gets the request in the background, or from the queue on the disk. Spec 20 §3.5, spec 70, X8, X13.
 */
export class SwarmWriter implements SwarmWrites {
  readonly #parts: SwarmWriterParts
  readonly #grace: SharedWait

  constructor(parts: SwarmWriterParts) {
    this.#parts = parts
    this.#grace = new SharedWait(parts.clock, parts.limits.quorumGraceMs, parts.stopped)
  }

  /** @throws {StorageError} if the request is not allowed */
  async write<M extends RecursiveMethod>(request: StorageRequest<M>, arrivedAt: number): Promise<Outcome> {
    const { served, store, hardFork } = this.#parts
    const swarm = served.wrongSwarm(request.params.owner)
    if (swarm !== undefined) return { kind: 'wrong-swarm', swarm }
    const isRevoked = (owner: SwarmOwner, token: Parameters<NodeStore['isRevoked']>[1]): boolean =>
      store.isRevoked(owner, token)
    checkRequest(request, { now: arrivedAt, isForwarded: false, hardFork, isRevoked })
    const members = await this.#run(request, arrivedAt)
    if (request.method === 'revoke_subaccount') this.#parts.onRevoked(request.params.owner)
    return this.#outcome(request, members)
  }

  #run<M extends RecursiveMethod>(
    request: StorageRequest<M>,
    acceptedAt: number,
  ): Promise<ReadonlyMap<NodeId, AnyMemberReply<M>>> {
    const { identity, served, calls } = this.#parts
    const peers = served.others()
    const body = peers.length === 0 ? new Uint8Array() : encodeApplied(request, acceptedAt)
    const hash = storedHash(request)
    const own = this.#own(request, { acceptedAt, peers, body, hash })
    const calledPeers = peers.map(peer => ({ id: peer, answer: calls.apply(peer, request, body, hash) }))
    void this.#land(own, calledPeers)
    const all = [
      { id: identity.id, answer: own.then(({ member }) => member) },
      ...calledPeers.map(({ id, answer }) => ({ id, answer: answer.then(({ member }) => member) })),
    ]
    return gatherQuorum(all, () => this.#grace.wait())
  }

  async #own<M extends RecursiveMethod>(
    request: StorageRequest<M>,
    asked: Pick<WriteContext, 'acceptedAt' | 'peers' | 'body' | 'hash'>,
  ): Promise<{ readonly member: AnyMemberReply<M>; readonly forward: ForwardId | undefined }> {
    const { store, limits, identity, onFailure } = this.#parts
    const { capPublicAge } = limits
    const context = { store, now: asked.acceptedAt, isLate: false, capPublicAge, ...asked }
    try {
      const { result, forward } = await writeLocally<M>(request.method, request.params, context)
      return { member: signedResult(request, result, identity.ed25519), forward }
    } catch (error) {
      const failed = storeFailure(error)
      if (failed === undefined) onFailure(error)
      return { member: failed ?? { kind: 'failed', failure: { kind: 'query-failure' } }, forward: undefined }
    }
  }

  /** When everybody has answered or had their time, the store learns who still needs the request. */
  async #land(
    own: Promise<{ readonly forward: ForwardId | undefined }>,
    peers: readonly { readonly id: NodeId; readonly answer: Promise<{ readonly isReached: boolean }> }[],
  ): Promise<void> {
    const { forward } = await own
    const answers = await Promise.all(peers.map(({ answer }) => answer))
    if (forward === undefined) return
    const unreached = peers.flatMap(({ id }, at) => (answers[at]?.isReached === true ? [] : [id]))
    this.#parts.landings.add({ forward, unreached })
  }

  /** 500 if nobody has done it; 404 if something had to be deleted and nobody had any of it. Spec 20 §3.5, §3.8. */
  #outcome<M extends RecursiveMethod>(
    { method, params }: StorageRequest<M>,
    swarm: ReadonlyMap<NodeId, AnyMemberReply<M>>,
  ): Outcome {
    const { clock, hardFork } = this.#parts
    const done = [...swarm.values()].flatMap(member => (member.kind === 'done' ? [member.result] : []))
    const isMissed =
      'required' in params &&
      params.required &&
      done.every(result => !('deleted' in result) || isNothing(result.deleted))
    const status = done.length === 0 ? 500 : isMissed ? 404 : 200
    return recursiveOutcome(method, status, { swarm, t: clock.now(), hardFork })
  }
}

function isNothing(deleted: readonly MessageHash[] | ReadonlyMap<unknown, unknown>): boolean {
  return Array.isArray(deleted) && deleted.length === 0
}

function storedHash<M extends RecursiveMethod>({ method, params }: StorageRequest<M>): MessageHash | undefined {
  return method === 'store' && 'data' in params ? hashMessage(params.owner, params.namespace, params.data) : undefined
}
