import { type Texts } from '../texts/index.ts'
import { type NotificationContent, notificationWords } from './notification-text.ts'
import { OsNotification } from './os-notification.ts'

/** Shows how a message is announced, which nobody has written. Spec 50 §9.3. */
export function showSample(text: Texts, content: NotificationContent): void {
  const name = text('settings.notifications.sample.name')
  const body = text('settings.notifications.sample.text')
  const words = notificationWords(text, [{ kind: 'message', conversation: name, name, body, attachments: [] }], content)
  if (words !== undefined) new OsNotification().show(words, () => undefined)
}
