import { type EngineContext } from '../engine/context.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { type Tx } from '../store/store.ts'
import { FORGET_TEXTS_JOB } from './forget-texts-job.ts'

/**
 * Removes all messages, and what waits to be sent with them. Their hashes stay known, so they do not come back. The index of
 * words forgets them little by little: there can be a hundred thousand.
 */
export function clearMessages(tx: Tx, id: ConversationId, { schedule, time }: EngineContext): void {
  const sql = 'INSERT INTO removed_texts SELECT id, body FROM messages WHERE conversation = ? AND body IS NOT NULL'
  const { changes } = tx.run(sql, id)
  tx.run('DELETE FROM messages WHERE conversation = ?', id)
  if (changes > 0) schedule.at(tx, FORGET_TEXTS_JOB, '', time.now())
}

/** Removes a conversation with everything in it. */
export function removeConversation(tx: Tx, id: ConversationId, context: EngineContext): void {
  clearMessages(tx, id, context)
  tx.run('DELETE FROM conversations WHERE id = ?', id)
}
