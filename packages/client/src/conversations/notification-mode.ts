import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { type Tx } from '../store/store.ts'
import { findConversation } from './rows.ts'

/** What one is told of in a conversation. `mentions`: of mentions and of replies to oneself; not between two people. Spec 50 §5. */
export type NotificationMode = 'all' | 'mentions' | 'none'

/** All modes. */
export const notificationModes: readonly NotificationMode[] = ['all', 'mentions', 'none']

/** How configs write them; 0 is the default of the kind of conversation, which here is `all`. Spec 30 §4.2. */
const numbers: Readonly<Record<NotificationMode, number>> = { all: 1, none: 2, mentions: 3 }

/** What a number of a config means. */
export function notificationModeOf(notifications: number): NotificationMode {
  return notificationModes.find(mode => numbers[mode] === notifications) ?? 'all'
}

/**
 * With `until` (Unix seconds) the mode `none` ends by itself, and the one before holds again.
 * @throws {ClientError} `client.unknown-conversation`, `client.bad-arguments` for mentions between two people, for an end of
 * another mode than `none`, and for notes to self, which tell nothing
 */
export function setNotifications(
  tx: Tx,
  id: ConversationId,
  { mode, until }: { readonly mode: NotificationMode; readonly until: number | undefined },
  { time }: EngineContext,
): void {
  const conversation = findConversation(tx, id)
  if (conversation === undefined) throw new ClientError('client.unknown-conversation')
  const isBetweenTwo = conversation.kind === 'contact'
  const isEndless = mode !== 'none' && until !== undefined
  if (conversation.kind === 'self' || (isBetweenTwo && mode === 'mentions') || isEndless) {
    throw new ClientError('client.bad-arguments')
  }
  const decide = (field: '@' | '!', value: number): void => {
    const namespace = isBetweenTwo ? journalOf.contacts : journalOf.userGroups
    recordDecision(tx, { namespace, subject: id, field, value }, time.now())
  }
  const mutedUntil = until ?? 0
  tx.run('UPDATE conversations SET muted_until_seconds = ? WHERE id = ?', mutedUntil, id)
  decide('!', mutedUntil)
  if (until !== undefined) return
  tx.run('UPDATE conversations SET notifications = ? WHERE id = ?', numbers[mode], id)
  decide('@', numbers[mode])
}
