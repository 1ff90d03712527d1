import { query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { type UnseenEntry, unseenRequest, unseenMessages } from './unseen.ts'

/** What is asked for notifications. */
export interface NotificationsQueries {
  /**
   * What came after a time and is not read, newest first, 50 at most: of conversations that are listed and not muted, and the
   * request that began the list of requests, once. `since` is Unix ms by the clock of this device. What the settings say about
   * notifications is for whoever shows them. Spec 50 §12.
   */
  'notifications.unseen'(args: { since: number }): readonly UnseenEntry[]
}

const MAX_UNSEEN = 50

const queries: QueryTable<NotificationsQueries> = {
  'notifications.unseen': query(
    args => args.integer('since'),
    (since, reader, { own, time }) => {
      const window = { own, since: since + Math.round(time.offset()), now: time.now(), limit: MAX_UNSEEN }
      const request = unseenRequest(reader, window)
      const entries = [...unseenMessages(reader, window), ...(request === undefined ? [] : [request])]
      return entries.toSorted((a, b) => b.receivedAt - a.receivedAt || b.message - a.message).slice(0, MAX_UNSEEN)
    },
  ),
}

/** What the user should be told of while they look elsewhere. */
export const notificationsFeature: Feature = { name: 'notifications', queries }
