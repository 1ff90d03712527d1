import { type RandomBytes } from '@sotto/protocol/crypto'
import {
  decodeRelayedOnion,
  type FinalLayer,
  type LayerKey,
  nonceSize,
  OnionError,
  type OnionRequest,
  parseOnionRequest,
  type PeeledOnion,
  peelOnionInPlace,
  type ProxiedLayer,
  type RefusedLayer,
  sealNodeReply,
  type ServerAddress,
} from '@sotto/protocol/onion'
import { type NodeId } from '@sotto/protocol/swarm'
import { base64Of } from '../encoding/base64-of.ts'
import { type NodeIdentity } from '../rpc/node-identity.ts'
import { type RpcReply } from '../rpc/rpc-reply.ts'
import { FairQueue, type FairQueuePorts } from './fair-queue.ts'
import { type OnionLimits } from './onion-limits.ts'
import { guardNotReady, hopNotReady, onionReplies, type OnionReply, passOn } from './onion-reply.ts'
import { Pending } from './pending.ts'
import { type ReplayMemory } from './replay-memory.ts'
import { type Forbidden } from './server-proxy.ts'

/** What the relay needs. None of the functions throws but `answer` and `forward` on mistakes of ours. */
export interface OnionRelayParts {
  readonly identity: NodeIdentity
  /** Why the node does not work yet, or no more; none if it does. */
  readonly blockers: () => readonly string[]
  /** Whether it has so much to do that nothing more should be begun. */
  readonly isStuck: () => boolean
  /** Answers a storage request to this node; `undefined`: its storage does not work now. */
  readonly answer: (rpc: Uint8Array) => Promise<RpcReply | undefined>
  /** Sends a layer to the next node and gives its answer, or what stands for one. Uses up the memory that the layer lies in. */
  readonly forward: (next: NodeId, request: OnionRequest, memory: Uint8Array) => Promise<OnionReply>
  /** Posts to a server. */
  readonly proxy: (address: ServerAddress, body: Uint8Array) => Promise<OnionReply | Forbidden>
  readonly replay: ReplayMemory
  readonly random: RandomBytes
  readonly limits: OnionLimits
  /** By which those that there is no time for wait for their turn. */
  readonly turns: FairQueuePorts
  /** Counts what passes. */
  readonly count: (what: 'onion' | 'proxy') => void
}

/** Who sent a layer: a client, or another node. */
type Sender = NodeId | 'client'

/** A layer that has come, and what it lies in. */
interface Arrival {
  readonly parse: () => OnionRequest
  readonly memory: Uint8Array
}

const malformed: ReadonlyMap<string, OnionReply> = new Map<string, OnionReply>([
  ['onion.too-large', onionReplies.tooLarge],
  ['onion.too-many-hops', onionReplies.tooManyHops],
])

/**
 * A node's part in onions: opens one layer and passes it on, answers it, or posts it to a server. A malformed one costs
 * one decryption at most; answers of others pass through unchanged. Clients that go away are not told to the next node:
 * a cancellation that runs along the path would show the path. Spec 20 §4.
 */
export class OnionRelay {
  readonly #parts: OnionRelayParts
  readonly #pending: Pending<Sender>
  readonly #queue: FairQueue<Sender>

  constructor(parts: OnionRelayParts) {
    const { limits, turns } = parts
    this.#parts = parts
    this.#queue = new FairQueue(limits, turns, sender => (sender === 'client' ? limits.clientShare : 1))
    // Clients have limits of their own, by their address, before they get here.
    this.#pending = new Pending(limits.maxPending, limits.maxPendingPerNode)
  }

  /** How many requests wait for an answer. */
  get pending(): number {
    return this.#pending.size
  }

  /** How many of them wait to be opened. */
  get queued(): number {
    return this.#queue.size
  }

  /** The body of `POST /onion_req/v2`: this node is the guard. Its layer is opened in place, and its memory used up. */
  enter(body: Uint8Array): Promise<OnionReply> {
    return this.#take({ parse: () => parseOnionRequest(body), memory: body }, body.length, 'client')
  }

  /** What another node has passed on, and what that lies in. Its layer is opened in place, and the memory used up. */
  relayed(body: Uint8Array, sender: NodeId, memory = body): Promise<OnionReply> {
    return this.#take({ parse: () => decodeRelayedOnion(body), memory }, body.length, sender)
  }

  /** Waits with nothing in hand: neither the request nor its layer, which may be large and are of no use any more. */
  #take(arrival: Arrival, bytes: number, sender: Sender): Promise<OnionReply> {
    const refusal = this.#refusal(sender)
    if (refusal !== undefined) return Promise.resolve(refusal)
    const answer = this.#queue.run(sender, bytes, () => this.#start(arrival, sender))
    if (answer === undefined) {
      this.#pending.end(sender)
      return Promise.resolve(this.#busy(sender))
    }
    this.#parts.count('onion')
    return answer.finally(() => this.#pending.end(sender))
  }

  /** Why nothing is begun; otherwise the request is counted among those that wait. */
  #refusal(sender: Sender): OnionReply | undefined {
    const { blockers, isStuck, identity } = this.#parts
    const reasons = blockers()
    const isClient = sender === 'client'
    if (reasons.length > 0) return isClient ? guardNotReady(reasons) : hopNotReady(identity.id)
    return !isStuck() && this.#pending.begin(sender) ? undefined : this.#busy(sender)
  }

  #busy(sender: Sender): OnionReply {
    return sender === 'client' ? onionReplies.busy : hopNotReady(this.#parts.identity.id)
  }

  #start({ parse, memory }: Arrival, sender: Sender): Promise<OnionReply> {
    try {
      const layer = this.#open(parse, sender)
      return 'kind' in layer ? this.#act(layer, memory) : Promise.resolve(layer)
    } catch (cause) {
      return Promise.reject(cause)
    }
  }

  #open(parse: () => OnionRequest, sender: Sender): PeeledOnion | OnionReply {
    try {
      const request = parse()
      const { replay, identity } = this.#parts
      const print = replay.printOf(request.ephemeral)
      // Looks like any damaged onion, so that whoever repeats one does not learn how long it is remembered.
      if (replay.has(print)) return onionReplies.badCiphertext
      const layer = peelOnionInPlace(request, identity.x25519)
      replay.add(print)
      return layer
    } catch (error) {
      if (!(error instanceof OnionError)) throw error
      return replyToMalformed(error, sender)
    }
  }

  #act(layer: PeeledOnion, memory: Uint8Array): Promise<OnionReply> {
    switch (layer.kind) {
      case 'relay':
        return this.#parts.forward(layer.next, layer.request, memory).then(passOn)
      case 'final':
        return this.#answer(layer)
      case 'proxy':
        return this.#proxy(layer)
      case 'refused':
        return Promise.resolve(this.#refuse(layer))
    }
  }

  #answer({ payload, json, base64, key }: FinalLayer): Promise<OnionReply> {
    return this.#parts.answer(payload).then(reply => {
      if (reply === undefined) return hopNotReady(this.#parts.identity.id)
      const body = typeof reply.body === 'string' ? reply.body : base64Of(reply.body)
      const isJson = reply.contentType === 'application/json'
      const options = { json, base64, nonce: this.#nonce(key), pad: reply.pad === true, toBase64: base64Of }
      return { status: 200, body: sealNodeReply({ status: reply.status, body, isJson }, key, options) }
    })
  }

  #proxy({ address, body, key }: ProxiedLayer): Promise<OnionReply> {
    this.#parts.count('proxy')
    return this.#parts
      .proxy(address, body)
      .then(reply => (reply === 'forbidden' ? this.#refuse({ kind: 'refused', text: 'Invalid url', key }) : reply))
  }

  #refuse({ text, key }: RefusedLayer): OnionReply {
    const options = { json: false, base64: true, nonce: this.#nonce(key) }
    return { status: 200, body: sealNodeReply({ status: 400, body: text, isJson: false }, key, options) }
  }

  #nonce({ cipher }: LayerKey): Uint8Array {
    return this.#parts.random(nonceSize(cipher))
  }
}

/** Only the guard says what is wrong with the format: clients take such a text for the guard's. Spec 20 §4.6. */
function replyToMalformed(error: OnionError, sender: Sender): OnionReply {
  if (error.code === 'onion.bad-ciphertext') return onionReplies.badCiphertext
  const known = malformed.get(error.code)
  if (known !== undefined) return known
  if (sender !== 'client') return onionReplies.badRelay
  return { status: 400, body: `Error parsing onion request: ${error.sentence}` }
}
