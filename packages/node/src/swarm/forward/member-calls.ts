import { type MessageHash, type RecursiveMethod, type StorageRequest } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { APPLY_METHOD } from '../apply/applied-request.ts'
import { type AnyMemberReply, decodeMember } from '../apply/member-result.ts'
import { LinkError } from '../link/link-error.ts'
import { type MemberClient } from '../link/member-client.ts'
import { type MethodAnswer } from '../link/member-endpoint.ts'
import { type PeerConduct } from '../peer-conduct.ts'

/** What became of a request at one member. */
export interface MemberCall<M extends RecursiveMethod> {
  readonly member: AnyMemberReply<M>
  /** Whether the member has dealt with it for good: has done it, or will never do it. If not, it has to get it later. */
  readonly isReached: boolean
}

/** What asking members needs. */
export interface MemberCallsParts {
  readonly client: MemberClient
  readonly conduct: PeerConduct
  readonly timeoutMs: number
  readonly stopped: AbortSignal
}

/** Statuses that asking again later will not change. */
const final: ReadonlySet<number> = new Set([400, 401, 403])

/** Passes clients' requests on to other members, and looks at what they answer. */
export class MemberCalls {
  readonly #parts: MemberCallsParts

  constructor(parts: MemberCallsParts) {
    this.#parts = parts
  }

  /** Never rejects. `hash` is that of a message that is stored. */
  async apply<M extends RecursiveMethod>(
    peer: NodeId,
    request: StorageRequest<M>,
    body: Uint8Array,
    hash: MessageHash | undefined,
  ): Promise<MemberCall<M>> {
    const { client, conduct, timeoutMs, stopped: signal } = this.#parts
    try {
      const answer = await client.ask(peer, APPLY_METHOD, body, { timeoutMs, signal })
      conduct.answered(peer)
      return this.#read(peer, request, answer, hash)
    } catch (error) {
      const isBad = error instanceof LinkError && error.code === 'link.bad-answer'
      if (!isBad) conduct.silent(peer)
      return {
        member: { kind: 'failed', failure: { kind: isBad ? 'bad-peer-response' : 'timeout' } },
        isReached: false,
      }
    }
  }

  #read<M extends RecursiveMethod>(
    peer: NodeId,
    request: StorageRequest<M>,
    { status, body }: MethodAnswer,
    hash: MessageHash | undefined,
  ): MemberCall<M> {
    if (status !== 200) {
      const reason = new TextDecoder().decode(body.subarray(0, 200))
      return { member: { kind: 'failed', failure: { kind: 'refused', status, reason } }, isReached: final.has(status) }
    }
    const member = decodeMember(request, peer, body, hash)
    if (member !== undefined) return { member, isReached: member.kind === 'done' }
    this.#parts.conduct.strike(peer)
    return { member: { kind: 'failed', failure: { kind: 'bad-peer-response' } }, isReached: false }
  }
}
