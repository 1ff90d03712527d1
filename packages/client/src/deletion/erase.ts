import { type EngineContext } from '../engine/context.ts'
import { type MessageRow, removeMessage } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'

/** Leaves an empty place that says that something was deleted, here or everywhere. What others put to it goes too. */
export function wipeMessage(tx: Tx, { id }: MessageRow, deleted: 'here' | 'everywhere'): void {
  const sql = `UPDATE messages SET deleted = ?, body = NULL, content = NULL, data = NULL, quote_sent_at = NULL,
    quote_author = NULL, mentions_me = 0, unread = 0 WHERE id = ?`
  tx.run(sql, deleted, id)
  for (const table of ['reactions', 'removed_reactions', 'receipts', 'pinned_messages']) {
    tx.run(`DELETE FROM ${table} WHERE message = ?`, id)
  }
}

/** Removes the place as well; the message does not come back. */
export function forgetMessage(tx: Tx, row: MessageRow, { limits, own, time }: EngineContext): void {
  removeMessage(tx, own, row, time.now() + limits.seenMs)
}
