import { type Content } from './content.ts'

const SECOND = 1000
const DAY = 86_400 * SECOND

/** How long nodes keep what is stored. Spec 10 §5.11. */
export const ttlMs = {
  /** Everything that is not named below. Also the most that namespace 0 takes. */
  message: 14 * DAY,
  typing: 20 * SECOND,
  call: 300 * SECOND,
  /** The configs of a user, in namespaces 2 to 5. */
  config: 30 * DAY,
} as const

/** The shortest that nodes take. */
const MIN_TTL_MS = 10 * SECOND

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
  return Math.min(Math.max(timerSeconds * SECOND, MIN_TTL_MS), ttlMs.message)
}
