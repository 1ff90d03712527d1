import { type SwarmOwner } from '../../swarm/index.ts'
import { verifyAuthority } from '../auth/verify-authority.ts'
import { StorageError } from '../storage-error.ts'
import { access, type SubaccountToken } from '../subaccount.ts'
import { MONITOR_FUTURE_SECONDS, MONITOR_PAST_SECONDS } from './monitor-limits.ts'
import { type MonitorProblem } from './monitor-reply.ts'
import { type MonitorRequest, monitorText } from './monitor-request.ts'

/** What a node knows when it judges a subscription. Spec 20 §3.16. */
export interface MonitorContext {
  /** Unix ms. */
  readonly now: number
  /** Upstream nodes do not ask this here. Spec 20 §3.16. */
  readonly isRevoked: (owner: SwarmOwner, token: SubaccountToken) => boolean
}

/** What is wrong with a subscription: its time, then its signature; `undefined` if nothing is. Needs Read. Spec 20 §3.16. */
export function checkMonitor(request: MonitorRequest, { now, isRevoked }: MonitorContext): MonitorProblem | undefined {
  const seconds = Math.floor(now / 1000)
  const isTimely =
    request.timestamp >= seconds - MONITOR_PAST_SECONDS && request.timestamp <= seconds + MONITOR_FUTURE_SECONDS
  if (!isTimely) return 'bad-time'
  const { owner, authority } = request
  try {
    verifyAuthority({
      method: 'monitor',
      owner,
      authority,
      signedText: monitorText(request),
      needs: access.read,
      isRevoked,
    })
    return undefined
  } catch (error) {
    if (error instanceof StorageError) return 'bad-signature'
    throw error
  }
}
