import { type OnionFailure, type OnionFault } from '@sotto/protocol/onion'
import { NetworkError, type NetworkErrorCode } from '../network-error.ts'
import { type PathFailure } from './path-view.ts'

/** The failure as the path screen shows it. */
export function pathFailureOf(failure: OnionFailure, fault: OnionFault, time: number): PathFailure {
  if (failure.kind === 'unreachable-guard') return { kind: 'unreachable', at: 0, time }
  if (failure.kind === 'no-answer') return { kind: 'timed-out', time }
  if (fault.kind === 'proven') return { kind: 'refused', at: fault.at, time }
  if (fault.kind === 'suspected') return { kind: 'reported', at: fault.at, time }
  return { kind: 'unknown', time }
}

/** The same as the error of the request that failed by it. */
export function errorOf(failure: OnionFailure, fault: OnionFault): NetworkError {
  const status = failure.kind === 'plain' ? { status: failure.status } : {}
  const at = fault.kind === 'proven' || fault.kind === 'suspected' ? { at: fault.at } : {}
  return new NetworkError(codeOf(failure, fault), { ...status, ...at })
}

function codeOf(failure: OnionFailure, fault: OnionFault): NetworkErrorCode {
  if (fault.kind === 'request') return 'network.too-large'
  if (fault.kind === 'busy') return 'network.busy'
  if (fault.kind === 'server') return 'network.server-failed'
  if (failure.kind === 'unreachable-guard') return 'network.unreachable'
  return failure.kind === 'no-answer' ? 'network.timed-out' : 'network.path-failed'
}
