import { type ConversationId } from '../engine/conversation-id.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Decision, journalOf, recordDecision } from '../engine/journal.ts'
import { numberOf } from '../store/columns.ts'
import { type Tx } from '../store/store.ts'
import { findConversation } from './rows.ts'

/**
 * The user has read the messages of a conversation, up to one of them or all. The newest time of them is what other devices
 * will be told; never a time that has not come yet, by which a sender could keep later messages from showing as unread.
 */
export function markRead(tx: Tx, id: ConversationId, upTo: number | undefined, context: EngineContext): void {
  const now = context.time.now()
  const limit = upTo === undefined ? Number.MAX_SAFE_INTEGER : timeOf(tx, id, upTo)
  const sql = 'SELECT id, sent_at FROM messages WHERE conversation = ? AND unread = 1 AND sent_at <= ?'
  const messages = tx.all(sql, id, limit).map(row => ({ id: numberOf(row, 'id'), sentAt: numberOf(row, 'sent_at') }))
  tx.run('UPDATE messages SET unread = 0 WHERE conversation = ? AND unread = 1 AND sent_at <= ?', id, limit)
  const lastReadAt = Math.min(now, Math.max(0, ...messages.map(({ sentAt }) => sentAt)))
  const before = findConversation(tx, id)
  if (before?.forcedUnread === true) {
    tx.run('UPDATE conversations SET forced_unread = 0 WHERE id = ?', id)
    recordDecision(tx, volatile(id, 'u', false), now)
  }
  if (lastReadAt > (before?.lastReadAt ?? 0)) {
    tx.run('UPDATE conversations SET last_read_at = ? WHERE id = ?', lastReadAt, id)
    recordDecision(tx, volatile(id, 'r', lastReadAt), now)
  }
  if (messages.length > 0) context.noteRead(tx, { conversation: id, readAt: now, messages })
}

/** Shows a conversation as unread until it is read again. `now` is Unix ms. */
export function markUnread(tx: Tx, id: ConversationId, now: number): void {
  tx.run('UPDATE conversations SET forced_unread = 1 WHERE id = ?', id)
  recordDecision(tx, volatile(id, 'u', true), now)
}

/** Spec 30 §4.3. */
function volatile(subject: ConversationId, field: 'r' | 'u', value: number | boolean): Decision {
  return { namespace: journalOf.conversationInfo, subject, field, value }
}

function timeOf(tx: Tx, conversation: ConversationId, message: number): number {
  const row = tx.get('SELECT sent_at FROM messages WHERE id = ? AND conversation = ?', message, conversation)
  if (row === undefined) throw new ClientError('client.unknown-message')
  return numberOf(row, 'sent_at')
}
