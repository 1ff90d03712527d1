import { type ConversationView } from '@sotto/client'

/** For how long nothing is shown of new messages. */
export type Muting = 'none' | 'hour' | 'eight-hours' | 'week' | 'always'

/** In the order in which they are offered. */
export const mutings: readonly Muting[] = ['none', 'hour', 'eight-hours', 'week', 'always']

/** What the core is asked for. `until` is in Unix seconds. */
export interface NotificationChange {
  readonly mode: 'all' | 'none'
  readonly until?: number
}

/** What a conversation says of itself. */
export interface NotificationState {
  readonly notifications: ConversationView['notifications']
  readonly mutedUntilSeconds: number
}

/** Of the modes. */
const toldOfNothing = 'none'
const hour = 3600
const spans = { hour, 'eight-hours': 8 * hour, week: 7 * 24 * hour } as const

/** What brings it about, in this order. `now` is Unix ms. */
export function muteChanges(muting: Muting, now: number): readonly NotificationChange[] {
  if (muting === 'none') return [{ mode: 'all' }]
  if (muting === 'always') return [{ mode: 'none' }]
  // When the time is over, all are told of again: also where it was muted for good before.
  return [{ mode: 'all' }, { mode: 'none', until: Math.floor(now / 1000) + spans[muting] }]
}

/** What is so now: the end in Unix ms, where it has one. `now` is Unix ms. */
export function muteState(
  { notifications, mutedUntilSeconds }: NotificationState,
  now: number,
): 'none' | 'always' | { readonly untilMs: number } {
  if (notifications === toldOfNothing) return 'always'
  return mutedUntilSeconds * 1000 > now ? { untilMs: mutedUntilSeconds * 1000 } : 'none'
}
