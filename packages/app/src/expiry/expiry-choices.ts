import { type ConversationView } from '@sotto/client'

/** How own messages of a conversation disappear. `timerSeconds` is of no meaning with `off`. */
export type Expiry = ConversationView['expiry']
/** Counted from when it was sent, or from when it was read. */
export type ExpiryMode = Expiry['mode']

const minute = 60
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

const times: Readonly<Record<Exclude<ExpiryMode, 'off'>, readonly number[]>> = {
  'after-read': [5 * minute, hour, 12 * hour, day, week, 2 * week],
  'after-send': [12 * hour, day, week, 2 * week],
}

/** The ways in which messages of a conversation can disappear: notes to self only count from being written. Spec 50 §5. */
export function expiryModes(isNotes: boolean): readonly ExpiryMode[] {
  return isNotes ? ['off', 'after-send'] : ['off', 'after-read', 'after-send']
}

/** The times in seconds that are offered; also the one that is set, where another client chose it. */
export function expiryTimes(mode: ExpiryMode, set: Expiry): readonly number[] {
  if (mode === 'off') return []
  const offered = times[mode]
  const isOther = set.mode === mode && !offered.includes(set.timerSeconds)
  return isOther ? [...offered, set.timerSeconds].toSorted((a, b) => a - b) : offered
}

/** The time that is proposed for a way: the one that is set, otherwise 12 hours after reading, a day after sending. */
export function proposedTime(mode: ExpiryMode, set: Expiry): number {
  if (mode === 'off') return 0
  if (set.mode === mode) return set.timerSeconds
  return mode === 'after-read' ? 12 * hour : day
}

/** Whether two settings mean the same. */
export function isSameExpiry(a: Expiry, b: Expiry): boolean {
  return a.mode === b.mode && (a.mode === 'off' || a.timerSeconds === b.timerSeconds)
}
