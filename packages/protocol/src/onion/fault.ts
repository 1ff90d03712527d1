import type { NodeId } from '../swarm/index.ts'
import { tryParseNodeId } from '../swarm/index.ts'
import type { OnionPath } from './path.ts'

/**
 * What came of a request that did not bring an answer of the destination. `at` counts from the guard, 0, to the
 * destination, which is the number of hops. Spec 20 §4.6.
 */
export type OnionFailure =
  /** The guard did not accept a connection. */
  | { readonly kind: 'unreachable-guard' }
  /** Nothing came within the client's own deadline. */
  | { readonly kind: 'no-answer' }
  /** A status and a body that no key opens. `text` is the body as far as it is text. */
  | { readonly kind: 'plain'; readonly status: number; readonly text: string }
  /** A reply that only the key of this node opens. */
  | { readonly kind: 'sealed'; readonly at: number }

/** Which part of the conversation a failure points to. Only `proven` may remove a node on its own. Spec 20 §4.6. */
export type OnionFault =
  /** The client's own doing: too large, too long a path. Trying the same again is of no use. */
  | { readonly kind: 'request' }
  /** The guard asks for fewer requests. */
  | { readonly kind: 'busy' }
  /** The destination answered: what it says is the caller's business. */
  | { readonly kind: 'answered' }
  /** This node did it: nobody else could have. */
  | { readonly kind: 'proven'; readonly at: number }
  /**
   * Somebody says that it is this node. The text is not authenticated: every node before it, and a server at the end,
   * could have written it. `destinationGone` is set when the node is the destination and its predecessor does not know
   * it; then another member of the swarm is to be asked, and the path may be fine.
   */
  | { readonly kind: 'suspected'; readonly at: number; readonly destinationGone: boolean }
  /** Some node of the path or the destination; nothing says which. Test them one by one. */
  | { readonly kind: 'unknown' }
  /** The server outside, or the way to it. The path did its work. */
  | { readonly kind: 'server' }

type Attribution = (context: { readonly path: OnionPath; readonly rest: string }) => OnionFault

interface KnownText {
  readonly status: number
  readonly start: string
  readonly fault: Attribution
}

const unknown: Attribution = () => ({ kind: 'unknown' })
const request: Attribution = () => ({ kind: 'request' })
const guard: Attribution = () => ({ kind: 'suspected', at: 0, destinationGone: false })
const named: Attribution = ({ path, rest }) => faultOfNamed(path, rest, false)
const notFound: Attribution = ({ path, rest }) => faultOfNamed(path, rest, true)

/** What nodes say in plain text, and what follows from it. Spec 20 §4.6. */
const knownTexts: readonly KnownText[] = [
  { status: 502, start: 'Next node not found: ', fault: notFound },
  { status: 502, start: 'Next node is currently unreachable: ', fault: named },
  { status: 503, start: 'Snode not ready: ', fault: named },
  { status: 503, start: 'Service node is not ready: ', fault: guard },
  { status: 503, start: 'Server busy, try again later', fault: guard },
  { status: 504, start: 'Request time out', fault: unknown },
  { status: 500, start: 'Invalid response from snode', fault: unknown },
  { status: 400, start: 'Invalid ciphertext', fault: unknown },
  { status: 400, start: 'Error parsing onion request: ', fault: guard },
  { status: 400, start: 'onion request max path length exceeded', fault: request },
  { status: 413, start: 'Request body too large', fault: request },
  { status: 429, start: 'Too Many Requests', fault: () => ({ kind: 'busy' }) },
]

/** Says who is at fault as far as it can be known. Spec 20 §4.6. */
export function attributeFault(failure: OnionFailure, path: OnionPath): OnionFault {
  switch (failure.kind) {
    case 'unreachable-guard':
      return { kind: 'proven', at: 0 }
    case 'no-answer':
      return { kind: 'unknown' }
    case 'sealed':
      return failure.at === path.hops.length ? { kind: 'answered' } : { kind: 'proven', at: failure.at }
    case 'plain':
      return faultOfText(failure.status, failure.text, path)
  }
}

function faultOfText(status: number, text: string, path: OnionPath): OnionFault {
  const known = knownTexts.find(entry => entry.status === status && text.startsWith(entry.start))
  if (known !== undefined) return known.fault({ path, rest: text.slice(known.start.length) })
  // A server's own words and those of the exit about it can be anything, except status 200 and sealed wrongly.
  return path.destination.kind === 'server' && status !== 200 ? { kind: 'server' } : { kind: 'unknown' }
}

/** A node that is not on the path, or that names the guard as its successor: somebody makes it up. */
function faultOfNamed(path: OnionPath, rest: string, byPredecessor: boolean): OnionFault {
  const id = tryParseNodeId(rest.trim())
  const at = id === undefined ? -1 : positionOf(path, id)
  if (at < 0 || (byPredecessor && at === 0)) return { kind: 'unknown' }
  return { kind: 'suspected', at, destinationGone: byPredecessor && at === path.hops.length }
}

function positionOf({ hops, destination }: OnionPath, id: NodeId): number {
  if (destination.kind === 'node' && destination.id === id) return hops.length
  return hops.findIndex(hop => hop.id === id)
}
