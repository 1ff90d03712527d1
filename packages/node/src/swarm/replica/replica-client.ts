import { type NodeId } from '@sotto/protocol/swarm'
import { type HashesPiece, type RangeDigest } from '../../store/port/replica.ts'
import { type MemberClient } from '../link/member-client.ts'
import { type PeerConduct } from '../peer-conduct.ts'
import { LinkError } from '../link/link-error.ts'
import {
  decodeDigests,
  decodeHashesPiece,
  decodeMarks,
  type DigestsQuestion,
  encodeDigestsQuestion,
  encodeFetch,
  encodeHashesQuestion,
  encodeMarksQuestion,
  encodeOffers,
  type FetchQuestion,
  type HashesQuestion,
  type MarksPiece,
  type MarksQuestion,
  type Offer,
} from './range-codec.ts'
import { decodePiece, encodePiece, type ReplicaPiece } from './record-codec.ts'
import { ReplicaError } from './replica-error.ts'
import { replicaMethods } from './replica-methods.ts'

/** What asking for copies needs. */
export interface ReplicaClientParts {
  readonly client: MemberClient
  readonly conduct: PeerConduct
  readonly timeoutMs: number
  /** How long to wait for a sign of life, ms. */
  readonly pingMs: number
  readonly stopped: AbortSignal
}

/**
 * The side of replication that asks. Answers are parsed; what is malformed is a strike.
 * @throws {LinkError} from everything, if there is no answer
 * @throws {ReplicaError} from everything, if the answer is a refusal or makes no sense
 */
export class ReplicaClient {
  readonly #parts: ReplicaClientParts

  constructor(parts: ReplicaClientParts) {
    this.#parts = parts
  }

  /** Asks for a sign of life, and the time: longer questions need not wait for the dead. */
  async ping(node: NodeId): Promise<void> {
    await this.#ask(node, replicaMethods.ping, new Uint8Array(), this.#parts.pingMs)
  }

  /** Brings a piece. Kept promise: it is on the other node's disk, or the node will never take it. */
  async bring(node: NodeId, piece: ReplicaPiece): Promise<void> {
    await this.#ask(node, replicaMethods.records, encodePiece(piece))
  }

  /** Which of the offers the other node does not have. */
  async wanted(node: NodeId, offers: readonly Offer[]): Promise<readonly boolean[]> {
    const answer = await this.#ask(node, replicaMethods.want, encodeOffers(offers))
    return offers.map((_, at) => answer[at] !== 0)
  }

  async digests(node: NodeId, question: DigestsQuestion): Promise<readonly RangeDigest[]> {
    const body = encodeDigestsQuestion(question)
    const digests = await this.#read(node, replicaMethods.digests, body, decodeDigests)
    if (digests.length !== question.ranges.length) this.#punish(node)
    return digests
  }

  hashes(node: NodeId, question: HashesQuestion): Promise<HashesPiece> {
    return this.#read(node, replicaMethods.hashes, encodeHashesQuestion(question), decodeHashesPiece)
  }

  /** Only what was asked for; at least one of it, if the other node still has any. */
  async fetch(node: NodeId, question: FetchQuestion): Promise<ReplicaPiece['messages']> {
    const { messages } = await this.#read(node, replicaMethods.fetch, encodeFetch(question), decodePiece)
    const asked = new Set(question.hashes)
    const isAsked = messages.every(({ owner, hash }) => owner === question.owner && asked.has(hash))
    if (!isAsked) this.#punish(node)
    return messages
  }

  marks(node: NodeId, question: MarksQuestion): Promise<MarksPiece> {
    return this.#read(node, replicaMethods.marks, encodeMarksQuestion(question), decodeMarks)
  }

  async #read<T>(node: NodeId, method: string, body: Uint8Array, decode: (bytes: Uint8Array) => T): Promise<T> {
    const answer = await this.#ask(node, method, body)
    try {
      return decode(answer)
    } catch (error) {
      if (error instanceof ReplicaError) this.#parts.conduct.strike(node)
      throw error
    }
  }

  async #ask(
    node: NodeId,
    method: string,
    body: Uint8Array,
    timeoutMs: number = this.#parts.timeoutMs,
  ): Promise<Uint8Array> {
    const { client, conduct, stopped: signal } = this.#parts
    try {
      const answer = await client.ask(node, method, body, { timeoutMs, signal })
      conduct.answered(node)
      if (answer.status !== 200) throw new ReplicaError('replica.refused', { status: answer.status })
      return answer.body
    } catch (error) {
      if (error instanceof LinkError) conduct.silent(node)
      throw error
    }
  }

  #punish(node: NodeId): never {
    this.#parts.conduct.strike(node)
    throw new ReplicaError('replica.not-asked-for')
  }
}
