import { type ClientHttp2Session } from 'node:http2'
import { type LinkLimits } from './link-limits.ts'

/**
 * Pings a session until it closes, and closes it once no ping has been answered for too long: a machine that vanished says
 * nothing, and nobody would notice before every request has timed out. Pings are counted rather than time, so that a
 * process that was stopped for a while does not take its own absence for that of the others. Spec 21 §3.
 */
export function keepAlive(
  session: ClientHttp2Session,
  { pingMs, deadMs }: Pick<LinkLimits, 'pingMs' | 'deadMs'>,
): void {
  let unanswered = 0
  const tick = (): void => {
    if ((unanswered + 1) * pingMs >= deadMs && unanswered > 0) return session.destroy()
    if (session.closed || session.destroyed) return
    unanswered++
    session.ping(error => {
      if (error === null) unanswered = 0
    })
  }
  const timer = setInterval(tick, pingMs)
  session.once('close', () => clearInterval(timer))
}
