import { type MessageView } from '@sotto/client'

/** Messages of one person that follow within this time belong together; after it, the time is said again. Spec 50 §0. */
const SERIES_MS = 5 * 60_000

/** How one message stands among its neighbours. Plain values, so that a row can tell that nothing has changed. */
export interface RowLayout {
  readonly message: MessageView
  /** First and last of a series. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** What is said above it of when it was sent. */
  readonly time: 'none' | 'time' | 'day'
  /** The line above the first unread message. */
  readonly isFirstUnread: boolean
  /** Own messages say what became of them where that is news: the last sent one and the last read one. Spec 50 §3.4. */
  readonly showsState: boolean
}

/** What the layout depends on beside the messages. */
export interface LayoutOptions {
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  /** The first message that was unread when the conversation was opened. */
  readonly firstUnread: number | undefined
}

/** Whether it is something that somebody said, and not a line about something. */
export function isSaid({ kind }: Pick<MessageView, 'kind'>): boolean {
  return kind === 'text' || kind === 'unsupported'
}

/** Puts messages into series, and says where times and states are shown. */
export function layoutRows(messages: readonly MessageView[], options: LayoutOptions): readonly RowLayout[] {
  const shown = statesShown(messages, options)
  return messages.map((message, at) => {
    const [before, after] = [messages[at - 1], messages[at + 1]]
    const isFirstUnread = message.id === options.firstUnread
    const endsHere = after === undefined || after.id === options.firstUnread || !isSeries(message, after)
    return {
      message,
      isFirst: before === undefined || isFirstUnread || !isSeries(before, message),
      isLast: endsHere,
      time: timeAbove(before, message, options.hasOlder),
      isFirstUnread,
      showsState: shown.has(message.id),
    }
  })
}

/** Whether two neighbours join. */
function isSeries(before: MessageView, after: MessageView): boolean {
  return isSaid(before) && isSaid(after) && before.sender === after.sender && !isLater(before, after)
}

function isLater(before: MessageView, after: MessageView): boolean {
  return after.sentAt - before.sentAt > SERIES_MS || dayOf(before.sentAt) !== dayOf(after.sentAt)
}

function timeAbove(before: MessageView | undefined, message: MessageView, hasOlder: boolean): RowLayout['time'] {
  // Before the first one of a part, nobody knows how long nothing was said.
  if (before === undefined) return hasOlder ? 'none' : 'day'
  if (dayOf(before.sentAt) !== dayOf(message.sentAt)) return 'day'
  return isLater(before, message) ? 'time' : 'none'
}

function dayOf(at: number): string {
  return new Date(at).toDateString()
}

function statesShown(messages: readonly MessageView[], { hasNewer }: LayoutOptions): ReadonlySet<number> {
  const own = messages.filter(message => message.outgoing && isSaid(message) && message.deleted === 'no')
  const open = own.filter(({ state }) => state === 'queued' || state === 'failed')
  const sent = hasNewer ? undefined : own.findLast(({ state }) => state === 'sent')
  const read = hasNewer ? undefined : own.findLast(({ readAt, state }) => state === 'sent' && readAt !== undefined)
  const vanishing = own.filter(({ expiry }) => expiry !== undefined)
  return new Set([...open, ...vanishing, sent, read].flatMap(message => (message === undefined ? [] : [message.id])))
}
