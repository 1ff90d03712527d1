import { type Json, latin1Encode, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  MAX_HOPS,
  type OnionCipher,
  OnionError,
  type OnionRequest,
  parseOnionRequest,
  type PeeledOnion,
  peelOnion,
  replyBucket,
  requestBucket,
  sealNodeReply,
} from '@sotto/protocol/onion'
import { encodeOutcome, type GetSwarmReply, parseRequest } from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { NetworkError, type PostOptions, type PostReply, type Transport } from '../../src/index.ts'
import { draftOf, FakeDirectory, type FakeNodeShape, nodeKeys } from './fake-list.ts'
import { FakeNode } from './fake-node.ts'

const RELAY_TIMEOUT_MS = 30_000
const HOP_MS = 5

/** Posts an exit makes to a server: the whole frame in, the server's sealed answer out. */
export type FakeServer = (body: Uint8Array) => { readonly status: number; readonly body: Uint8Array } | 'silent'

/** A network in memory and in virtual time whose nodes really peel the onions that they get. */
export class FakeNetwork implements Transport {
  readonly clock = new ManualClock()
  readonly nodes: readonly FakeNode[]
  readonly directory: FakeDirectory
  /** Guards that were posted to, in order. */
  readonly posted: NodeId[] = []
  /** This device reaches nobody, and knows that it is not the guards' fault. */
  isCut = false
  /** For each onion the nodes that it passed, the destination last. */
  readonly routes: NodeId[][] = []
  /** As the guard sees them. */
  readonly hopNumbers: number[] = []
  readonly ciphers = new Set<OnionCipher>()
  /** Sizes of posts that were none of the standard ones. */
  readonly oddSizes: number[] = []
  /** What nodes say of any name. */
  names: Json = new Map()
  server: FakeServer | undefined
  /** Whether the way to guards tells that it reads no request any more once it is answered. */
  freesRequests = false
  /** What the latest post sent, and what came back. */
  latest: { readonly request: Uint8Array; reply?: Uint8Array } = { request: new Uint8Array() }
  readonly #shapes: readonly FakeNodeShape[]
  readonly #random = seededRandom(99)

  constructor(shapes: readonly FakeNodeShape[]) {
    this.#shapes = shapes
    this.nodes = shapes.map((_, at) => new FakeNode(this, nodeKeys(at)))
    this.directory = new FakeDirectory(shapes.map((shape, at) => draftOf(at, shape)))
  }

  node(id: NodeId | undefined): FakeNode {
    const node = this.nodes.find(each => each.id === id)
    if (node === undefined) throw new Error('no such node')
    return node
  }

  membersOf(owner: SwarmOwner): readonly FakeNode[] {
    return (this.directory.swarmOf(owner)?.members ?? []).map(({ ed25519 }) => this.node(ed25519))
  }

  swarmReply(owner: SwarmOwner): GetSwarmReply {
    const swarm = this.directory.swarmOf(owner)
    const nodes = (swarm?.members ?? []).map(({ ed25519: id, ip, httpsPort, omqPort, x25519: x25519Key }) => {
      return { id, legacyKey: new Uint8Array(32), x25519Key, ip, httpsPort, omqPort }
    })
    return { swarm: swarm?.swarmId ?? UNASSIGNED_SWARM, nodes }
  }

  /** Another list: the nodes at these places, perhaps with other swarms. */
  relist(change: (shape: FakeNodeShape, at: number) => FakeNodeShape | undefined): void {
    const drafts = this.#shapes.flatMap((shape, at) => {
      const next = change(shape, at)
      return next === undefined ? [] : [draftOf(at, next)]
    })
    this.directory.change(drafts)
  }

  async post(guard: NodeEntry, path: string, body: Uint8Array, { signal }: PostOptions): Promise<PostReply> {
    if (path !== '/onion_req/v2') throw new Error('another path')
    this.posted.push(guard.ed25519)
    const { length } = body
    if (requestBucket(length) !== length && replyBucket(length) !== length) this.oddSizes.push(length)
    const route: NodeId[] = []
    this.routes.push(route)
    const request = parseOnionRequest(body)
    this.hopNumbers.push(request.hopNumber)
    this.ciphers.add(request.cipher)
    if (this.isCut) throw new NetworkError('network.unreachable', { local: true })
    if (this.node(guard.ed25519).isDown) throw new NetworkError('network.unreachable')
    const latest: FakeNetwork['latest'] = { request: body }
    this.latest = latest
    const reply = await Promise.race([this.#pass(guard.ed25519, request, route), aborted(signal)])
    latest.reply = reply.body
    return this.freesRequests ? { ...reply, requestIsFree: true } : reply
  }

  async #pass(id: NodeId, request: OnionRequest, route: NodeId[]): Promise<PostReply> {
    const node = this.node(id)
    route.push(id)
    if (request.hopNumber > MAX_HOPS) return plain(400, 'onion request max path length exceeded')
    await this.clock.sleep(HOP_MS)
    const layer = this.#peel(request, node)
    if (layer === undefined) return plain(400, 'Invalid ciphertext')
    switch (layer.kind) {
      case 'relay': {
        if (node.onRelay === 'silent') return never()
        if (node.onRelay !== undefined) return plain(node.onRelay.status, node.onRelay.text)
        if (this.directory.byId(layer.next) === undefined) return plain(502, `Next node not found: ${layer.next}`)
        if (!this.node(layer.next).isDown) return this.#pass(layer.next, layer.request, route)
        await this.clock.sleep(RELAY_TIMEOUT_MS)
        return plain(504, 'Request time out')
      }
      case 'final':
        return this.#final(node, layer)
      case 'proxy': {
        const reply = this.server?.(layer.body) ?? { status: 502, body: new Uint8Array() }
        return reply === 'silent' ? never() : reply
      }
      case 'refused':
        return plain(400, layer.text)
    }
  }

  #peel(request: OnionRequest, { x25519 }: FakeNode): PeeledOnion | undefined {
    try {
      return peelOnion(request, x25519)
    } catch (error) {
      if (error instanceof OnionError) return undefined
      throw error
    }
  }

  async #final(node: FakeNode, layer: Extract<PeeledOnion, { readonly kind: 'final' }>): Promise<PostReply> {
    const request = parseRequest(layer.payload)
    const outcome = await node.answer(request)
    if (outcome === 'silent') return never()
    const { status, body, kind } = encodeOutcome(outcome, 'json')
    const nonce = this.#random(layer.key.cipher === 'xchacha20' ? 24 : 12)
    const reply = { status, body: utf8Decode(body), isJson: kind === 'json' }
    const pad = request.method === 'held_retrieve' && request.params.pad
    const sealed = sealNodeReply(reply, layer.key, { ...layer, nonce, pad })
    return { status: 200, body: typeof sealed === 'string' ? latin1Encode(sealed) : sealed }
  }
}

function plain(status: number, text: string): PostReply {
  return { status, body: utf8Encode(text) }
}

async function never(): Promise<never> {
  return new Promise(() => {})
}

async function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new NetworkError('network.aborted')))
  })
}
