import { type ConversationId } from '../engine/conversation-id.ts'
import { type Tx } from '../store/store.ts'

/** Removes all messages, and what waits to be sent with them. Their hashes stay known, so they do not come back. */
export function clearMessages(tx: Tx, id: ConversationId): void {
  tx.run('DELETE FROM messages WHERE conversation = ?', id)
}

/** Removes a conversation with everything in it. */
export function removeConversation(tx: Tx, id: ConversationId): void {
  clearMessages(tx, id)
  tx.run('DELETE FROM conversations WHERE id = ?', id)
}
