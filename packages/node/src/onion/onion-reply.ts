import { type NodeId } from '@sotto/protocol/swarm'

/** What goes back one step of an onion's path. */
export interface OnionReply {
  readonly status: number
  /** A string is text in UTF-8. */
  readonly body: Uint8Array | string
  /** Of a proxied server's reply; everything else is `text/plain`. Lost between nodes. Spec 20 §4.7. */
  readonly contentType?: string
  /** What the body lies in, if nobody else uses it: the next one to send it may use it up. */
  readonly memory?: Uint8Array | undefined
}

/** Statuses that a relay passes on as they are; any other becomes 500. Spec 20 §3.17. */
const passedStatuses: ReadonlySet<number> = new Set([
  200, 400, 401, 403, 404, 406, 410, 413, 421, 429, 500, 502, 503, 504,
])

/** What the next node answered, as this one passes it on. The body stays. Spec 20 §3.17. */
export function passOn(reply: OnionReply): OnionReply {
  return passedStatuses.has(reply.status) ? reply : { ...reply, status: 500 }
}

/** The answers of a node on the way, in plain text and exactly these words. Spec 20 §4.6. */
export const onionReplies = {
  badCiphertext: { status: 400, body: 'Invalid ciphertext' },
  tooManyHops: { status: 400, body: 'onion request max path length exceeded' },
  tooLarge: { status: 413, body: 'Request body too large' },
  timeOut: { status: 504, body: 'Request time out' },
  badAnswer: { status: 500, body: 'Invalid response from snode' },
  busy: { status: 503, body: 'Server busy, try again later' },
  /** Only a node that does not keep to the format causes this: no text of spec 20 §4.6 would be true. */
  badRelay: { status: 400, body: 'Invalid relayed request' },
} as const satisfies Readonly<Record<string, OnionReply>>

/** The next node is not in the list. */
export function nextNotFound(next: NodeId): OnionReply {
  return { status: 502, body: `Next node not found: ${next}` }
}

/** The next node is listed, but there is no way to it that this node knows. */
export function nextUnreachable(next: NodeId): OnionReply {
  return { status: 502, body: `Next node is currently unreachable: ${next}` }
}

/** This node, as a hop or as the destination, does not work now. */
export function hopNotReady(id: NodeId): OnionReply {
  return { status: 503, body: `Snode not ready: ${id}` }
}

/** This node, as the guard, does not work now. Spec 20 §3.1. */
export function guardNotReady(reasons: readonly string[]): OnionReply {
  return { status: 503, body: `Service node is not ready: ${reasons.join('; ')}\n` }
}
