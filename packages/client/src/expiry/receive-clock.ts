import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { messageOfRow, type MessageRow } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { startClock } from './expiry-clock.ts'
import { drawReading, startAfterRead } from './read-clock.ts'

/**
 * Lets what has just been kept count, if it counts from sending, or came from an own device, or was read already on another
 * one. Its end is when the own swarm forgets it, for all devices the same; but never later than if it had begun now.
 * Spec 10 §5.8.
 */
export function startReceived(tx: Tx, received: Received, context: EngineContext): void {
  if ((received.content.expiry?.timerSeconds ?? 0) === 0) return
  const row = rowOf(tx, received)
  if (row === undefined || row.expiryMode === 'off' || row.expiresAt !== undefined) return
  const { networkExpiry, receivedAt } = received
  const timerMs = row.expirySeconds * 1000
  const latest = receivedAt + timerMs
  if (row.outgoing || row.expiryMode === 'after-send' || (!row.unread && networkExpiry <= latest)) {
    const expiresAt = Math.min(networkExpiry, latest)
    startClock(tx, row.id, { startedAt: expiresAt - timerMs, expiresAt }, context)
  } else if (!row.unread) startAfterRead(tx, row, drawReading(receivedAt, context), context)
}

function rowOf(tx: Tx, { conversation, digest, sender, sentAt }: Received): MessageRow | undefined {
  const sql = 'SELECT * FROM messages WHERE conversation = ? AND sent_at = ? AND sender = ? AND digest = ?'
  const row = tx.get(sql, conversation, sentAt, sender, digest)
  return row && messageOfRow(row)
}
