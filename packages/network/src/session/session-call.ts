import { withDeadline } from '../deadline.ts'
import { NetworkError } from '../network-error.ts'
import { type AttemptContext, type AttemptLimits, type AttemptPorts } from './attempts.ts'
import { type SessionPorts } from './session-ports.ts'
import { type CallOptions } from './swarm-session.ts'

/**
 * What every call begins with: nodes have been asked for the time, because nothing may be signed with a wrong one. If they do
 * not answer the device's clock has to do. Architecture §4.3.
 * @throws {NetworkError} `network.stopped`, `network.aborted`
 */
export async function begin(ports: SessionPorts, { deadlineMs, signal }: CallOptions): Promise<AttemptLimits> {
  const { clock, closed, limits, time } = ports
  if (closed.aborted) throw new NetworkError('network.stopped')
  const both = signal === undefined ? closed : AbortSignal.any([closed, signal])
  const ms = deadlineMs ?? limits.callMs
  const start = clock.monotonic()
  if (!time.isSettled()) {
    await withDeadline({ clock, ms, signal: both }, async inner => time.ready(inner)).catch((error: unknown) => {
      if (!(error instanceof NetworkError) || error.code !== 'network.timed-out') throw error
    })
  }
  return { deadlineMs: ms - (clock.monotonic() - start), signal: both }
}

/** Asks for the time anew, as long as the attempt may take. */
export async function resync({ clock, time }: SessionPorts, { timeoutMs: ms, signal }: AttemptContext): Promise<void> {
  await withDeadline({ clock, ms, signal }, async inner => time.resync(inner)).catch((error: unknown) => {
    if (!(error instanceof NetworkError) || error.code !== 'network.timed-out') throw error
  })
}

/** What attempts need of a session. */
export function attemptPorts({ clock, dice, limits: { attemptMs } }: SessionPorts): AttemptPorts {
  return { clock, dice, attemptMs }
}
