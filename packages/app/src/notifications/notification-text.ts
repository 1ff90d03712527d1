import { type UnseenEntry } from '@sotto/client'
import { attachmentWords } from '../attachments/attachment-words.ts'
import { plainText } from '../messages/text/plain-text.ts'
import type { Texts } from '../texts/index.ts'

/** How much a notification says. */
export type NotificationContent = 'name-and-text' | 'name' | 'count'

/** What is told of a message or a request. */
type Said = Pick<UnseenEntry, 'kind' | 'name' | 'body' | 'attachments'> & { readonly conversation: string | number }

/** What is shown of a notification. */
export interface NotificationWords {
  readonly title: string
  readonly body: string
}

const maxBody = 200
const mention = /@05[0-9a-f]{64}(?![0-9a-f])/g

/**
 * One notification for everything that came, newest first; `undefined` where nothing did. A request never says from whom before
 * it is looked at. Spec 50 §12.
 */
export function notificationWords(
  text: Texts,
  entries: readonly Said[],
  content: NotificationContent,
): NotificationWords | undefined {
  const messages = entries.filter(({ kind }) => kind === 'message')
  const [newest] = messages
  if (newest === undefined) {
    return entries.length === 0 ? undefined : { title: text('app.name'), body: text('notifications.request') }
  }
  const count = messages.length
  const counted = text('notifications.count', { count })
  if (content === 'count') return { title: text('app.name'), body: counted }
  const { name } = newest
  const several = new Set(messages.map(({ conversation }) => conversation)).size > 1
  if (content === 'name') {
    return { title: counted, body: text(several ? 'notifications.latest' : 'notifications.from', { name }) }
  }
  const body = bodyOf(text, newest)
  if (count === 1) return { title: name, body }
  return { title: counted, body: text('notifications.latest.text', { name, body }) }
}

/** In one line, without ids of people. */
function bodyOf(text: Texts, { attachments, body }: Said): string {
  const line = plainText(body ?? '', [], text('messages.you'))
    .replaceAll(mention, '@…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (line === '') return attachmentWords(text, attachments) || text('notifications.no-text')
  return line.length > maxBody ? `${line.slice(0, maxBody)}…` : line
}

/** What the badge of the app and the title of the page say. */
export function badgeText(unread: number): string {
  return unread > 99 ? '99+' : String(unread)
}
