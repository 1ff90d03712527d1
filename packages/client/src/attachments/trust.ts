import { findContact } from '../contacts/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { flagOf, numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** Among so many of the newest messages of a contact is fetched what waited. Spec 50 §3.9. */
const FETCHED_MESSAGES = 100

/**
 * Whether files of a conversation are fetched without asking: own ones, and on this device those of people whom the user trusts;
 * where nothing was said, of people whom the user has accepted. Spec 10 §6.4, spec 50 §3.9.
 */
export function isTrusted(reader: Reader, conversation: ConversationId, { own }: EngineContext): boolean {
  if (conversation === own) return true
  if (!isAccountConversation(conversation)) return false
  const chosen = reader.get('SELECT trusted FROM trusted_downloads WHERE contact = ?', conversation)
  if (chosen !== undefined) return flagOf(chosen, 'trusted')
  const contact = findContact(reader, conversation)
  return contact?.approved === true && !contact.blocked
}

/** Remembers what the user said. */
export function setTrusted(tx: Tx, contact: string, trusted: boolean): void {
  const sql = 'INSERT OR REPLACE INTO trusted_downloads (contact, trusted) VALUES (?, ?)'
  tx.run(sql, contact, trusted ? 1 : 0)
}

/** In which conversations something waits whose senders are trusted by now. */
export function releasable(reader: Reader, context: EngineContext): readonly ConversationId[] {
  const rows = reader.all("SELECT DISTINCT conversation FROM attachments WHERE state = 'waiting'")
  const waiting = rows.map(row => textOf(row, 'conversation') as ConversationId)
  return waiting.filter(conversation => isTrusted(reader, conversation, context))
}

/** Fetches what waited in a conversation, of its newest messages; for the rest it takes a click. */
export function releaseWaiting(tx: Tx, conversation: ConversationId): void {
  const newest = tx.all(
    'SELECT sent_at FROM messages WHERE conversation = ? ORDER BY sent_at DESC LIMIT ?',
    conversation,
    FETCHED_MESSAGES,
  )
  const since = newest.reduce((oldest, row) => Math.min(oldest, numberOf(row, 'sent_at')), Infinity)
  const where = "WHERE conversation = ? AND state = 'waiting'"
  if (Number.isFinite(since)) {
    tx.run(`UPDATE attachments SET state = 'queued' ${where} AND sent_at >= ?`, conversation, since)
  }
  tx.run(`UPDATE attachments SET state = 'stopped' ${where}`, conversation)
}
