import { type ServerReply, textReply } from '@sotto/server'

/** The client asks for more than it may. Spec 20 §3.17. */
export const tooManyRequests: ServerReply = textReply(429, 'Too Many Requests\n')
/** Too much is under way. Spec 20 §3.1. */
export const serverBusy: ServerReply = textReply(503, 'Server busy, try again later')
/** A client of a kind that is no longer served. Spec 20 §3.1. */
export const obsoleteClient: ServerReply = textReply(410, 'This kind of request is obsolete')

/** Whether a request is of those obsolete clients. */
export function isObsolete(headers: { has(name: string): boolean }): boolean {
  return headers.has('x-loki-long-poll')
}

/** The node does not work yet, or no more. Spec 20 §3.1. */
export function notReady(reasons: readonly string[]): ServerReply {
  return textReply(503, `Service node is not ready: ${reasons.join('; ')}\n`)
}
