import { type LinkLimits } from './link-limits.ts'
import { type LinkSession } from './link-session.ts'

/**
 * Pings a session until the function that is returned is called, and destroys it once no ping has been answered for too
 * long: a machine that vanished says nothing, and nobody would notice before every request has timed out. Pings are counted
 * rather than time, so that a process that was stopped for a while does not take its own absence for that of the others.
 * Spec 21 §3.
 */
export function keepAlive(
  session: Pick<LinkSession, 'ping' | 'destroy'>,
  { pingMs, deadMs }: Pick<LinkLimits, 'pingMs' | 'deadMs'>,
): () => void {
  let unanswered = 0
  const tick = (): void => {
    if ((unanswered + 1) * pingMs >= deadMs && unanswered > 0) return session.destroy()
    unanswered++
    session.ping(() => {
      unanswered = 0
    })
  }
  const timer = setInterval(tick, pingMs)
  return () => clearInterval(timer)
}
