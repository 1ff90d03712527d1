import { type Refused } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { NetworkError, type NetworkErrorCode } from '../network-error.ts'

/** One member alone may lie or be behind. */
const AGREEING = 2
/** After so many members that refuse the time, although it was asked for anew, nothing is left to try. */
const MAX_CLOCK_REFUSALS = 3

/** Refusals that would be the same at every member; whoever else refuses has a problem of its own. Spec 20 §3.17. */
const lasting: ReadonlyMap<number, NetworkErrorCode> = new Map([
  [400, 'network.refused'],
  [401, 'network.unauthorised'],
  [403, 'network.refused'],
  [404, 'network.refused'],
  [413, 'network.too-large'],
])

/** Counts who refuses one request, and how, to tell a bad request from a bad member. */
export class Refusals {
  readonly #by = new Map<number, Set<NodeId>>()

  /** `isFinal` when it makes no sense to ask others. `candidates` are the members that could be asked at all. */
  note(
    { status }: Refused,
    by: NodeId,
    candidates: number,
  ): { readonly error: NetworkError; readonly isFinal: boolean } {
    const kind = isClockStatus(status) ? 406 : status
    const members = this.#by.get(kind) ?? new Set()
    this.#by.set(kind, members.add(by))
    const needed = kind === 406 ? MAX_CLOCK_REFUSALS : AGREEING
    const canLast = kind === 406 || lasting.has(kind)
    return {
      error: new NetworkError(codeOf(kind), { status }),
      isFinal: canLast && members.size >= Math.min(needed, kind === 406 ? needed : candidates),
    }
  }
}

/** The node does not agree about the time. Spec 20 §4.6. */
export function isClockStatus(status: number): boolean {
  return status === 406 || status === 425
}

/** What a refusal is called. */
export function codeOf(status: number): NetworkErrorCode {
  if (isClockStatus(status)) return 'network.clock-refused'
  if (status === 429 || status === 503) return 'network.busy'
  return lasting.get(status) ?? 'network.path-failed'
}
