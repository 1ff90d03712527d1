import {
  formatRequest,
  hashMessage,
  type MemberResults,
  type MessageHash,
  type Namespace,
  type Outcome,
  parseOutcome,
  type RecursiveMethod,
  type RecursiveReply,
  signRequest,
  type SignedMethod,
  type StorageRequest,
  type Unsigned,
  verifyMembers,
} from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import {
  type Box,
  type DeleteRecord,
  type ExpireRecord,
  type HistoryRecord,
  type ReadRecord,
  type ShownMessage,
  type StoreRecord,
} from '../history/records.ts'
import { type FaultAccount } from './fault-account.ts'

/** A reply as it reached the client. */
export interface ClientReply {
  readonly status: number
  readonly body: Uint8Array
}

/** What the client needs of the world. */
export interface ClientPorts {
  /** Unix ms, true. */
  readonly now: () => number
  /** Sends a storage request to a node; `undefined` if no answer came. */
  readonly ask: (node: NodeId, body: Uint8Array) => Promise<ClientReply | undefined>
  /** Whether a node is a member of the account's swarm: others may not confirm anything. */
  readonly isMember: (node: NodeId, account: FaultAccount) => boolean
}

/** What is stored. */
export interface Draft {
  readonly namespace: Namespace
  readonly data: Uint8Array
  readonly ttlMs: number
}

const wholeBox = 7_800_000
const maxPages = 2000

/** Asks nodes as clients do, believes only verified signatures, and writes down what was asked and seen. */
export class RecordingClient {
  readonly history: HistoryRecord[] = []
  /** Answers by status; 0 is none at all. */
  readonly statuses = new Map<number, number>()
  readonly #ports: ClientPorts
  readonly #deletes = new Set<string>()

  constructor(ports: ClientPorts) {
    this.#ports = ports
  }

  /** The members that confirmed the message; nobody if there was no answer, or a refusal. */
  async store(node: NodeId, account: FaultAccount, { namespace, data, ttlMs }: Draft): Promise<readonly NodeId[]> {
    const { owner } = account
    const calledAt = this.#ports.now()
    const times = { timestamp: calledAt, sigTimestamp: calledAt, expiry: calledAt + ttlMs }
    const request = signRequest('store', { owner, namespace, data, ...times }, account.signer)
    const at = this.history.length
    const hash = hashMessage(owner, namespace, data)
    const record: StoreRecord = { kind: 'store', owner, namespace, hash, data, ...times, calledAt, confirmedBy: [] }
    this.history.push(record)
    const outcome = await this.#ask(node, request)
    const confirmedBy = this.#confirmed(account, request, outcome)
    if (outcome !== undefined) this.history[at] = { ...record, answeredAt: this.#ports.now(), confirmedBy }
    return confirmedBy
  }

  /**
   * Deletes by hash. Such a request has no time in it: the same one again does nothing, so none is sent twice. Spec 70, X2.
   */
  async delete(
    node: NodeId,
    account: FaultAccount,
    namespace: Namespace,
    hashes: readonly MessageHash[],
  ): Promise<void> {
    const { owner, signer } = account
    const name = [owner, ...hashes].join(' ')
    if (this.#deletes.has(name)) return
    this.#deletes.add(name)
    const request = signRequest('delete', { owner, messages: hashes, required: false }, signer)
    await this.#change(node, account, request, { kind: 'delete', owner, namespace, hashes })
  }

  /** Sets another end. */
  async expire(
    node: NodeId,
    account: FaultAccount,
    {
      namespace,
      hashes,
      expiry,
      mode,
    }: {
      readonly namespace: Namespace
      readonly hashes: readonly MessageHash[]
      readonly expiry: number
      readonly mode: 'shorten' | 'extend'
    },
  ): Promise<void> {
    const { owner, signer } = account
    const request = signRequest('expire', { owner, messages: hashes, expiries: [expiry], mode }, signer)
    await this.#change(node, account, request, { kind: 'expire', owner, namespace, hashes, expiry })
  }

  /** All of a box, page by page; `undefined` if the node does not show all of it. */
  async read(
    node: NodeId,
    account: FaultAccount,
    namespace: Namespace,
    { settled, pageCount }: { readonly settled?: number; readonly pageCount?: number } = {},
  ): Promise<readonly ShownMessage[] | undefined> {
    const { owner } = account
    const calledAt = this.#ports.now()
    const messages: ShownMessage[] = []
    for (let page = 0; page < maxPages; page++) {
      const last = messages.at(-1)?.hash
      const cursor = last === undefined ? {} : { lastHash: last }
      const limits = pageCount === undefined ? { maxSize: wholeBox } : { maxCount: pageCount }
      const params: Unsigned<'retrieve'> = { owner, namespace, timestamp: this.#ports.now(), ...cursor, ...limits }
      const outcome = await this.#ask(node, signRequest('retrieve', params, account.signer))
      if (outcome?.kind !== 'reply' || outcome.method !== 'retrieve') return undefined
      messages.push(...outcome.reply.messages)
      if (outcome.reply.more) continue
      const round = settled === undefined ? {} : { settled }
      const span = { calledAt, answeredAt: this.#ports.now() }
      const record: ReadRecord = { kind: 'read', owner, namespace, node, messages, ...span, ...round }
      this.history.push(record)
      return messages
    }
    throw new Error('the pages of a box have no end')
  }

  async #change<M extends 'delete' | 'expire'>(
    node: NodeId,
    account: FaultAccount,
    request: StorageRequest<M>,
    what: ChangeOf<M>,
  ): Promise<void> {
    const record = { ...what, calledAt: this.#ports.now(), confirmedBy: [] as readonly NodeId[] }
    const at = this.history.length
    this.history.push(record as HistoryRecord)
    const outcome = await this.#ask(node, request)
    if (outcome === undefined) return
    const confirmedBy = this.#confirmed(account, request, outcome)
    this.history[at] = { ...record, answeredAt: this.#ports.now(), confirmedBy } as HistoryRecord
  }

  async #ask<M extends SignedMethod>(node: NodeId, request: StorageRequest<M>): Promise<Outcome<M> | undefined> {
    const reply = await this.#ports.ask(node, formatRequest(request))
    const status = reply?.status ?? 0
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    return reply === undefined ? undefined : parseOutcome(request, reply.status, reply.body)
  }

  #confirmed<M extends RecursiveMethod>(
    account: FaultAccount,
    request: StorageRequest<M>,
    outcome: Outcome<M> | undefined,
  ): readonly NodeId[] {
    if (outcome === undefined || outcome.kind !== 'reply') return []
    const verdicts = verifyMembers(request, outcome.reply as RecursiveReply<MemberResults[M]>)
    return [...verdicts]
      .filter(([node, { kind }]) => kind === 'confirmed' && this.#ports.isMember(node, account))
      .map(([node]) => node)
  }
}

type ChangeOf<M extends 'delete' | 'expire'> = Omit<
  M extends 'delete' ? DeleteRecord : ExpireRecord,
  'calledAt' | 'confirmedBy'
> &
  Box
