import { ClientError } from '../engine/client-error.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { findMessage, isMessage, messageOfRow, type MessageRow } from '../messages/rows.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** In one conversation: what a person can look through. */
const MAX_PINS = 50

/**
 * One that is pinned stays where it is.
 * @throws {ClientError} `client.too-many-pins`, `client.not-pinnable`, `client.unknown-message`
 */
export function pinMessage(tx: Tx, id: number): void {
  const message = findMessage(tx, id)
  if (message === undefined) throw new ClientError('client.unknown-message')
  if (!isMessage(message) || message.deleted !== 'no') throw new ClientError('client.not-pinnable')
  if (tx.get('SELECT 1 FROM pinned_messages WHERE message = ?', id) !== undefined) return
  const counted = tx.get('SELECT count(*) AS n FROM pinned_messages WHERE conversation = ?', message.conversation)
  if (numberOf(counted ?? { n: 0 }, 'n') >= MAX_PINS) throw new ClientError('client.too-many-pins', { max: MAX_PINS })
  tx.run('INSERT INTO pinned_messages (message, conversation) VALUES (?, ?)', id, message.conversation)
}

/** Nothing happens for one that is not pinned, or not here. */
export function unpinMessage(tx: Tx, id: number): void {
  tx.run('DELETE FROM pinned_messages WHERE message = ?', id)
}

/** The newest pin first. */
export function pinnedIn(reader: Reader, conversation: ConversationId): readonly MessageRow[] {
  const sql = `SELECT m.* FROM pinned_messages AS p JOIN messages AS m ON m.id = p.message
    WHERE p.conversation = ? ORDER BY p.id DESC`
  return reader.all(sql, conversation).map(messageOfRow)
}
