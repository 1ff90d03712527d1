import { NetworkError, type NetworkErrorCode } from '@sotto/network'
import { type PipeReason } from '@sotto/protocol/pipe'

const codes: ReadonlyMap<PipeReason, NetworkErrorCode> = new Map([
  ['deadline', 'network.timed-out'],
  ['busy', 'network.busy'],
  ['cancelled', 'network.aborted'],
  ['too-large', 'network.bad-reply'],
] as const)

/** Reasons that say something about the guard, as far as a gateway can be believed. */
const guardsOwn: ReadonlySet<PipeReason> = new Set(['guard-unreachable', 'guard-broken', 'unknown-guard'] as const)

/** Why a request was not answered, in the words of the network. */
export function errorOfReason(reason: PipeReason): NetworkError {
  if (guardsOwn.has(reason)) return new NetworkError('network.unreachable')
  const code = codes.get(reason)
  return code === undefined ? noGateway() : new NetworkError(code)
}

/**
 * The gateway cannot be reached. `detail.local` says that the fault is on this side of all guards: none of them is to rest for
 * it, and certainly none to be replaced.
 */
export function noGateway(): NetworkError {
  return new NetworkError('network.unreachable', { local: true })
}
