import { type Content } from './content.ts'

const second = 1000
const day = 86_400 * second

/** How long nodes keep what is stored. Spec 10 §5.11. */
export const ttlMs = {
  /** Everything that is not named below. Also the most that namespace 0 takes. */
  message: 14 * day,
  typing: 20 * second,
  call: 300 * second,
  /** The configs of a user, in namespaces 2 to 5. */
  config: 30 * day,
} as const

/** The shortest that nodes take. */
const minTtlMs = 10 * second

/**
 * How long a content is to be kept in an inbox: its timer if it is counted from sending, and in the copy for one's own
 * devices also if it is counted from reading. Spec 10 §5.8, §5.11.
 */
export function contentTtlMs(content: Content, forOwnDevices: boolean): number {
  if (content.kind === 'typing') return ttlMs.typing
  if (content.kind === 'call') return ttlMs.call
  const { mode, timerSeconds } = content.expiry ?? { mode: 'off', timerSeconds: 0 }
  const bounded = mode === 'after-send' || (mode === 'after-read' && forOwnDevices)
  if (!bounded || timerSeconds === 0) return ttlMs.message
  return Math.min(Math.max(timerSeconds * second, minTtlMs), ttlMs.message)
}
