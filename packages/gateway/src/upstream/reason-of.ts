import { SottoError } from '@sotto/protocol/error'
import { type PipeReason } from '@sotto/protocol/pipe'
import { type TransportErrorCode } from '@sotto/transport'

/** Reasons that a gateway has for not answering a request that it took. */
export type Fault = Extract<
  PipeReason,
  'deadline' | 'guard-unreachable' | 'guard-broken' | 'too-large' | 'busy' | 'internal'
>

const reasons: ReadonlyMap<string, Fault> = new Map<TransportErrorCode, Fault>([
  ['transport.timeout', 'deadline'],
  ['transport.refused', 'guard-unreachable'],
  ['transport.unreachable', 'guard-unreachable'],
  ['transport.no-such-host', 'guard-unreachable'],
  ['transport.closed', 'guard-broken'],
  ['transport.bad-protocol', 'guard-broken'],
  ['transport.wrong-certificate', 'guard-broken'],
  ['transport.too-large', 'too-large'],
  ['transport.busy', 'busy'],
  ['transport.stopped', 'busy'],
])

/**
 * What a client is told when its request was not answered within `deadlineMs`. A connection that could not be made in the
 * shorter time that links allow for it is a guard that cannot be reached, and no slow answer.
 */
export function reasonOf(error: unknown, deadlineMs: number): Fault {
  if (!(error instanceof SottoError)) return 'internal'
  const { timeoutMs } = error.detail
  if (error.code === 'transport.timeout' && timeoutMs !== deadlineMs) return 'guard-unreachable'
  return reasons.get(error.code) ?? 'internal'
}
