import { type Json } from '@sotto/protocol/encoding'
import { ed25519KeyPairToX25519, type Ed25519KeyPair, type X25519KeyPair } from '@sotto/protocol/crypto'
import {
  hashMessage,
  type GetSwarmReply,
  type HeldReason,
  type MemberReply,
  type MessageHash,
  type MethodName,
  type MethodReplies,
  type Outcome,
  type Replied,
  type RetrieveParams,
  type RetrieveReply,
  signMemberResult,
  type StorageRequest,
  type StoredMessage,
  type StoreParams,
  type StoreResult,
} from '@sotto/protocol/storage'
import { type NodeId, nodeIdOf, type SwarmOwner } from '@sotto/protocol/swarm'
import { type ManualClock } from '@sotto/testing'
import { type FakeDirectory } from './fake-list.ts'

/** A plain answer of a node on the way, or `silent`: none ever. */
export type OnWay = 'silent' | { readonly status: number; readonly text: string }

type Kept = StoredMessage & { readonly box: string }
const hardFork: readonly [number, number] = [19, 3]
const TOLERANCE_MS = 60_000
const MAX_MESSAGES = 100

/** What a node knows of the network around it. */
export interface FakeSurroundings {
  readonly clock: ManualClock
  readonly directory: FakeDirectory
  /** What nodes say of any name. */
  readonly names: Json
  membersOf(owner: SwarmOwner): readonly FakeNode[]
  swarmReply(owner: SwarmOwner): GetSwarmReply
}

/** A node that peels onions for real and keeps messages in memory. What it does wrong is set from outside. */
export class FakeNode {
  readonly id: NodeId
  readonly keys: Ed25519KeyPair
  readonly x25519: X25519KeyPair
  /** Takes no connections; relays before it answer 504 after 30 s. */
  isDown = false
  /** Its clock is wrong by so much, ms. */
  skewMs = 0
  /** What it does with requests that it should pass on. */
  onRelay: OnWay | undefined
  /** Stands before its own answer. `undefined`: answers as it should. `silent`: never. */
  onRequest: ((request: StorageRequest) => Outcome | 'silent' | undefined) | undefined
  /** Changes its own answer. */
  onOutcome: ((request: StorageRequest, outcome: Outcome) => Outcome) | undefined
  /** All that it was asked, in order. */
  readonly asked: StorageRequest[] = []
  readonly kept: Kept[] = []
  readonly #network: FakeSurroundings
  readonly #wakes = new Set<(reason: HeldReason) => void>()

  constructor(network: FakeSurroundings, keys: Ed25519KeyPair) {
    this.#network = network
    this.keys = keys
    this.x25519 = ed25519KeyPairToX25519(keys)
    this.id = nodeIdOf(keys.publicKey)
  }

  get holders(): number {
    return this.#wakes.size
  }

  count(method: StorageRequest['method']): number {
    return this.asked.filter(request => request.method === method).length
  }

  /** As if another member had passed it on. Returns whether it is new here. */
  keep({ owner, namespace, data, timestamp, expiry }: StoreParams): boolean {
    const hash = hashMessage(owner, namespace, data)
    if (this.kept.some(message => message.hash === hash)) return false
    this.kept.push({ box: `${owner} ${namespace}`, hash, timestamp, expiry, data })
    this.wake('new')
    return true
  }

  wake(reason: HeldReason): void {
    const wakes = [...this.#wakes]
    this.#wakes.clear()
    for (const wake of wakes) wake(reason)
  }

  async answer(request: StorageRequest): Promise<Outcome | 'silent'> {
    this.asked.push(request)
    const scripted = this.onRequest?.(request)
    if (scripted !== undefined) return scripted
    const outcome = request.method === 'held_retrieve' ? await this.#hold(request) : this.#at(request)
    return this.onOutcome?.(request, outcome) ?? outcome
  }

  #at(request: StorageRequest): Outcome {
    const t = this.#now()
    switch (request.method) {
      case 'info':
        return reply('info', { version: [2, 8, 0], timestamp: t, t, capabilities: this.#capabilities(), hardFork })
      case 'get_swarm':
        return reply('get_swarm', { ...this.#network.swarmReply(request.params.owner), t, hardFork })
      case 'store':
        return this.#serves(request.params.owner) ?? this.#store(request)
      case 'retrieve':
        return this.#serves(request.params.owner) ?? this.#retrieve(request.params)
      case 'batch': {
        const results = request.params.requests.map(inner => this.#at(inner))
        return reply('batch', { results })
      }
      case 'oxend_request':
        return reply('oxend_request', { result: this.#network.names, t, hardFork })
      default:
        return { kind: 'refused', status: 400, text: `no method ${request.method}` }
    }
  }

  #now(): number {
    return Math.round(this.#network.clock.now() + this.skewMs)
  }

  #capabilities(): readonly string[] {
    return this.#network.directory.byId(this.id)?.capabilities ?? []
  }

  #serves(owner: StoreParams['owner']): Outcome | undefined {
    const isMember = this.#network.membersOf(owner).some(({ id }) => id === this.id)
    return isMember ? undefined : { kind: 'wrong-swarm', swarm: this.#network.swarmReply(owner) }
  }

  #store(request: StorageRequest<'store'>): Outcome {
    const { owner, namespace, data, expiry } = request.params
    const hash = hashMessage(owner, namespace, data)
    const swarm = this.#network.membersOf(owner).map((member): [NodeId, MemberReply<StoreResult>] => {
      if (member.isDown) return [member.id, { kind: 'failed', failure: { kind: 'timeout' } }]
      const already = !member.keep(request.params)
      const result = { hash, expiry, already }
      return [member.id, { kind: 'done', result, signature: signMemberResult(request, result, member.keys) }]
    })
    return reply('store', { swarm: new Map(swarm), t: this.#now(), hardFork })
  }

  #retrieve(params: RetrieveParams): Outcome<'retrieve'> {
    const now = this.#now()
    if (params.timestamp !== undefined && Math.abs(params.timestamp - now) > TOLERANCE_MS) {
      return { kind: 'refused', status: 406, text: 'Timestamp error: check your clock' }
    }
    return reply('retrieve', this.#read(params))
  }

  #read({ owner, namespace, lastHash }: RetrieveParams): RetrieveReply {
    const all = this.kept.filter(({ box }) => box === `${owner} ${namespace}`)
    const at = lastHash === undefined ? -1 : all.findIndex(({ hash }) => hash === lastHash)
    const left = all.slice(at + 1)
    const isReset = lastHash !== undefined && at < 0
    const messages = left.slice(0, MAX_MESSAGES)
    const more = left.length > messages.length
    return { messages, more, ...(isReset ? { reset: true } : {}), t: this.#now(), hardFork }
  }

  async #hold({ params }: StorageRequest<'held_retrieve'>): Promise<Outcome> {
    if (!this.#capabilities().includes('held_retrieve.1')) {
      return { kind: 'refused', status: 400, text: 'no method held_retrieve' }
    }
    const start = this.#network.clock.monotonic()
    // The waker stands before anything is read, so that nothing falls in between.
    const woken = Promise.withResolvers<HeldReason>()
    this.#wakes.add(woken.resolve)
    const first = this.#heldResults(params)
    const isNow = first.some(
      each => each.kind !== 'reply' || each.reply.messages.length > 0 || each.reply.reset === true,
    )
    const end = new AbortController()
    void this.#network.clock.sleep(params.holdMs, end.signal).then(
      () => woken.resolve('time'),
      () => {},
    )
    const why = isNow ? 'now' : await woken.promise
    end.abort()
    this.#wakes.delete(woken.resolve)
    const heldMs = Math.round(this.#network.clock.monotonic() - start)
    const nextMs = why === 'shed' ? 5000 : 0
    return reply('held_retrieve', { results: this.#heldResults(params), why, heldMs, nextMs, hardFork })
  }

  #heldResults({ entries }: StorageRequest<'held_retrieve'>['params']): readonly Outcome<'retrieve'>[] {
    return entries.map(entry => {
      if (entry.kind === 'malformed') return { kind: 'refused', status: 400, text: 'malformed' }
      return (this.#serves(entry.params.owner) as Outcome<'retrieve'> | undefined) ?? this.#retrieve(entry.params)
    })
  }
}

function reply<M extends MethodName>(method: M, body: MethodReplies[M]): Replied<M> {
  return { kind: 'reply', method, status: 200, reply: body }
}

/** The hash under which everybody keeps this. */
export function hashOf({ owner, namespace, data }: StoreParams): MessageHash {
  return hashMessage(owner, namespace, data)
}
