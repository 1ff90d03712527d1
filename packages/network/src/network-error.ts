import { SottoError } from '@sotto/protocol/error'

/** Codes of `NetworkError`; stable. */
export type NetworkErrorCode =
  | 'network.unreachable'
  | 'network.timed-out'
  | 'network.aborted'
  | 'network.stopped'
  | 'network.no-nodes'
  | 'network.too-many-guards'
  | 'network.no-swarm'
  | 'network.path-failed'
  | 'network.no-quorum'
  | 'network.bad-reply'
  | 'network.clock-refused'
  | 'network.unauthorised'
  | 'network.refused'
  | 'network.busy'
  | 'network.too-large'
  | 'network.server-failed'

const sentences: Readonly<Record<NetworkErrorCode, string>> = {
  'network.unreachable': 'The network cannot be reached. Check the connection of this device.',
  'network.timed-out': 'The network did not answer in time.',
  'network.aborted': 'The request was cancelled.',
  'network.stopped': 'The network is switched off.',
  'network.no-nodes': 'Too few nodes are known to build a path through the network.',
  'network.too-many-guards':
    'None of the guards of this device can be reached, and choosing more of them so soon would be unsafe.',
  'network.no-swarm': 'No node of the network serves this account.',
  'network.path-failed': 'The path through the network failed.',
  'network.no-quorum': 'Too few nodes have confirmed the message yet.',
  'network.bad-reply': 'A node answered with something that cannot be true.',
  'network.clock-refused': 'The nodes refuse the time of this device.',
  'network.unauthorised': 'The nodes refuse the signature: this device may not do that.',
  'network.refused': 'The nodes refuse the request.',
  'network.busy': 'The nodes ask for fewer requests. It is tried again later.',
  'network.too-large': 'The request is larger than the network carries.',
  'network.server-failed': 'The server cannot be reached through the network.',
}

/** Codes for which the same request, made anew, cannot do better. */
const lasting: ReadonlySet<NetworkErrorCode> = new Set([
  'network.unauthorised',
  'network.refused',
  'network.too-large',
] as const)

/**
 * Why something did not come about on the network. `detail` may have `status` (of the RPC), `attempts`, `confirmed` and
 * `needed` (members), `at` (the hop at fault, the guard is 0).
 */
export class NetworkError extends SottoError<NetworkErrorCode> {
  override readonly name = 'NetworkError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

/** Whether it makes sense to try again later: whatever is not known to last, also a request that was cancelled. */
export function isTransient(error: unknown): boolean {
  return error instanceof NetworkError && !lasting.has(error.code)
}
