import { encodeRelayedOnion, MAX_ONION_SIZE, type OnionRequest } from '@sotto/protocol/onion'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
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
  readonly ask: (node: NodeId, method: string, body: Uint8Array, options: AskOptions) => Promise<MethodAnswer>
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

  /** What the next node answered, or the reply that spec 20 §4.6 has for why it did not. Does not keep the request. */
  forward(node: NodeId, request: OnionRequest): Promise<OnionReply> {
    const { id, directory, relayed } = this.#parts
    if (node === id) return relayed(encodeRelayedOnion(request), id)
    const entry = directory.byId(node)
    if (entry === undefined) return Promise.resolve(nextNotFound(node))
    if (!entry.capabilities.includes(memberLinkCapability)) return Promise.resolve(nextUnreachable(node))
    if (!this.#pending.begin(node)) return Promise.resolve(onionReplies.busy)
    return this.#ask(node, request)
      .then(answer => this.#read(node, answer))
      .catch((error: unknown) => {
        if (error instanceof LinkError) return replyToLinkError(error, node)
        throw error
      })
      .finally(() => this.#pending.end(node))
  }

  #ask(next: NodeId, request: OnionRequest): Promise<MethodAnswer> {
    const { ask, limits, signal } = this.#parts
    return ask(next, onionMethod, encodeRelayedOnion(request), { timeoutMs: limits.relayTimeoutMs, signal })
  }

  /** A status of the link itself says that the next node did not get as far as the onion. */
  #read(next: NodeId, { status, body }: MethodAnswer): OnionReply {
    if (status === 503) return hopNotReady(next)
    if (status !== 200) return onionReplies.badAnswer
    if (body.length > MAX_ONION_SIZE) return onionReplies.timeOut
    return decodeRelayReply(body) ?? onionReplies.badAnswer
  }
}

/** A dead node and a broken link are told at once, where existing nodes need 30 s. Spec 21 §2. */
function replyToLinkError(error: LinkError, next: NodeId): OnionReply {
  if (error.code === 'link.unknown-node') return nextNotFound(next)
  return error.code === 'link.bad-answer' ? onionReplies.badAnswer : onionReplies.timeOut
}
