import { type ClientHttp2Session } from 'node:http2'
import { performance } from 'node:perf_hooks'
import { type LinkLimits } from './link-limits.ts'

/**
 * Pings a session until it closes, and closes it once no ping has been answered for too long: a machine that vanished says
 * nothing, and nobody would notice before every request has timed out. Spec 21 §3.
 */
export function keepAlive(
  session: ClientHttp2Session,
  { pingMs, deadMs }: Pick<LinkLimits, 'pingMs' | 'deadMs'>,
): void {
  let heardAt = performance.now()
  const tick = (): void => {
    if (performance.now() - heardAt >= deadMs) return session.destroy()
    if (session.closed || session.destroyed) return
    session.ping(error => {
      if (error === null) heardAt = performance.now()
    })
  }
  const timer = setInterval(tick, pingMs)
  session.once('close', () => clearInterval(timer))
}
