import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { findByTime, isMessage, messageOfRow, type MessageRow } from '../messages/rows.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { forgetMessage, wipeMessage } from './erase.ts'
import { deleteFromSwarmLater } from './swarm-deletions.ts'

/**
 * Deletes what its author wishes back: notes to self completely; of other messages a place is left that says so, and the own
 * swarm is to forget them. Nobody deletes the words of others. Spec 10 §5.6.
 */
export function receiveUnsend(tx: Tx, received: Received<'unsend'>, context: EngineContext): void {
  const { content, conversation, fromSelf, sender } = received
  if (content.targetAuthor !== sender) return
  const rows = fromSelf
    ? ownByTime(tx, content.targetSentAt)
    : findByTime(tx, conversation, sender, content.targetSentAt)
  for (const row of rows.filter(isMessage)) {
    if (row.conversation === context.own) forgetMessage(tx, row, context)
    else if (row.deleted !== 'everywhere') wipeMessage(tx, row, 'everywhere')
    if (!fromSelf && row.hash !== undefined) {
      deleteFromSwarmLater(tx, row.hash, row.networkExpiry ?? 0, context)
    }
  }
}

/** An own device names the message by its time alone: it can be in any conversation. */
function ownByTime(reader: Reader, sentAt: number): readonly MessageRow[] {
  return reader.all('SELECT * FROM messages WHERE sent_at = ? AND outgoing = 1', sentAt).map(messageOfRow)
}
