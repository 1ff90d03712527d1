import { encodeRelayedOnion, MAX_ONION_SIZE, type OnionRequest, relayedOnionParts } from '@sotto/protocol/onion'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { type FramedBody, leastFramedBytes } from '../swarm/link/framed-body.ts'
import { LinkError } from '../swarm/link/link-error.ts'
import { type AskOptions } from '../swarm/link/member-client.ts'
import { type MethodAnswer } from '../swarm/link/member-endpoint.ts'
import { memberLinkCapability } from '../swarm/link/member-transport.ts'
import { hopNotReady, nextNotFound, nextUnreachable, onionReplies, type OnionReply } from './onion-reply.ts'
import { type OnionLimits } from './onion-limits.ts'
import { Pending } from './pending.ts'
import { decodeRelayReply } from './relay-reply.ts'

/** The method of the member link by which onions go from node to node. */
export const onionMethod = 'onion'

/** What sending to the next node needs. */
export interface NextHopsParts {
  readonly id: NodeId
  readonly directory: NodeDirectory
  /** Asks over the member link; `MemberClient` is one. */
  readonly ask: (
    node: NodeId,
    method: string,
    body: Uint8Array | FramedBody,
    options: AskOptions,
  ) => Promise<MethodAnswer>
  readonly limits: Pick<OnionLimits, 'relayTimeoutMs' | 'maxPending' | 'maxPendingPerNode'>
  /** Aborts when the node waits no longer. */
  readonly signal: AbortSignal
  /** For a path that leads through this node twice in a row. */
  readonly relayed: (body: Uint8Array, sender: NodeId) => Promise<OnionReply>
}

/**
 * Sends layers to the next node over the member link, which proves both sides to each other. Nodes that do not announce it
 * belong to the existing network, whose link is not built yet: they count as listed without an address.
 */
export class NextHops {
  readonly #parts: NextHopsParts
  readonly #pending: Pending<NodeId>

  constructor(parts: NextHopsParts) {
    this.#parts = parts
    this.#pending = new Pending(parts.limits.maxPending, parts.limits.maxPendingPerNode)
  }

  /**
   * What the next node answered, or the reply that spec 20 §4.6 has for why it did not. Does not keep the request. `memory` is
   * what that lies in; it is used up.
   */
  forward(node: NodeId, request: OnionRequest, memory: Uint8Array): Promise<OnionReply> {
    const { id, directory, relayed } = this.#parts
    if (node === id) return relayed(encodeRelayedOnion(request), id)
    const entry = directory.byId(node)
    if (entry === undefined) return Promise.resolve(nextNotFound(node))
    if (!entry.capabilities.includes(memberLinkCapability)) return Promise.resolve(nextUnreachable(node))
    if (!this.#pending.begin(node)) return Promise.resolve(onionReplies.busy)
    return this.#ask(node, request, memory)
      .then(answer => this.#read(node, answer))
      .catch((error: unknown) => {
        if (error instanceof LinkError) return replyToLinkError(error, node)
        throw error
      })
      .finally(() => this.#pending.end(node))
  }

  #ask(next: NodeId, request: OnionRequest, memory: Uint8Array): Promise<MethodAnswer> {
    const { ask, limits, signal } = this.#parts
    const isLarge = request.blob.length >= leastFramedBytes
    const body = isLarge ? { ...relayedOnionParts(request), memory } : encodeRelayedOnion(request)
    return ask(next, onionMethod, body, { timeoutMs: limits.relayTimeoutMs, signal })
  }

  /** A status of the link itself says that the next node did not get as far as the onion. */
  #read(next: NodeId, { status, body, memory }: MethodAnswer): OnionReply {
    if (status === 503) return hopNotReady(next)
    if (status !== 200) return onionReplies.badAnswer
    if (body.length > MAX_ONION_SIZE) return onionReplies.timeOut
    const reply = decodeRelayReply(body)
    return reply === undefined ? onionReplies.badAnswer : { ...reply, memory }
  }
}

/** A dead node and a broken link are told at once, where existing nodes need 30 s. Spec 21 §2. */
function replyToLinkError(error: LinkError, next: NodeId): OnionReply {
  if (error.code === 'link.unknown-node') return nextNotFound(next)
  return error.code === 'link.bad-answer' ? onionReplies.badAnswer : onionReplies.timeOut
}
