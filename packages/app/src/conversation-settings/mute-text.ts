import type { Texts } from '../texts/index.ts'
import { muteState, type NotificationState } from './muting.ts'

/** Whether one hears of new messages, in a few words. `now` is Unix ms. */
export function muteText(text: Texts, conversation: NotificationState, now: number): string {
  const state = muteState(conversation, now)
  if (state === 'none') return text('conversation-settings.notifications.all')
  if (state === 'always') return text('conversation-settings.notifications.muted')
  const isToday = new Date(state.untilMs).toDateString() === new Date(now).toDateString()
  const format = new Intl.DateTimeFormat(
    text.language,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  )
  return text('conversation-settings.notifications.until', { time: format.format(state.untilMs) })
}
