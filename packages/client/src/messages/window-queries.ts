import { query, type QueryTable } from '../engine/calls.ts'
import { type Page } from './pages.ts'
import { firstMention, firstUnread, type MessagePlace, placeAtDate, type UnreadPlace } from './places.ts'
import { readRange } from './range.ts'
import { type MessageView, viewsOf } from './views.ts'

/** What a view of a conversation asks about its messages while one scrolls in it. */
export interface WindowQueries {
  /**
   * The messages from one position to another, both included, oldest first; the positions of messages that are gone stay good.
   * Without `to` they go on to the newest. Without `from` they are the newest `limit` of them, otherwise the first `limit`.
   * `limit` is 1 to 400, by default 60. It is made to be watched.
   */
  'messages.range'(args: { conversation: string; from?: string; to?: string; limit?: number }): Page<MessageView>
  /** The first message at or after a time (`at`, Unix ms), otherwise the last one before it. */
  'messages.at-date'(args: { conversation: string; at: number }): MessagePlace | undefined
  /** The oldest message that is not read, and how many there are. */
  'messages.first-unread'(args: { conversation: string }): UnreadPlace | undefined
  /** The same for those that mention this account. */
  'messages.first-mention'(args: { conversation: string }): UnreadPlace | undefined
}

const MAX_RANGE = 400
const DEFAULT_RANGE = 60
const MAX_POSITION = 200

/** Belongs to the messages. */
export const windowQueries: QueryTable<WindowQueries> = {
  'messages.range': query(
    args => ({
      conversation: args.conversation('conversation'),
      from: args.optional('from', each => each.text('from', MAX_POSITION)),
      to: args.optional('to', each => each.text('to', MAX_POSITION)),
      limit: args.optional('limit', each => each.integer('limit', { min: 1, max: MAX_RANGE })) ?? DEFAULT_RANGE,
    }),
    (request, reader, { own }) => {
      const range = readRange(reader, request)
      return { ...range, messages: viewsOf(reader, range.messages, own) }
    },
  ),
  'messages.at-date': query(
    args => ({ conversation: args.conversation('conversation'), at: args.integer('at') }),
    ({ conversation, at }, reader) => placeAtDate(reader, conversation, at),
  ),
  'messages.first-unread': query(
    args => args.conversation('conversation'),
    (conversation, reader) => firstUnread(reader, conversation),
  ),
  'messages.first-mention': query(
    args => args.conversation('conversation'),
    (conversation, reader) => firstMention(reader, conversation),
  ),
}
