import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { findByTime } from '../messages/rows.ts'
import { mayHear } from '../requests/requests-feature.ts'
import { readSetting } from '../settings/settings.ts'
import { type Tx } from '../store/store.ts'

/** More is not looked at: it takes longer to look for than anyone reads. */
const MAX_TAKEN = 1000

/** Notes which own messages someone has read, and when; not if the user does not say so either. Spec 10 §5.3. */
export function receiveReceipt(tx: Tx, received: Received<'receipt'>, context: EngineContext): void {
  const { content, conversation, receivedAt, sender, sentAt } = received
  if (!readSetting(tx, 'readReceipts') || !mayHear(tx, sender, context)) return
  for (const messageSentAt of content.readMessages.slice(0, MAX_TAKEN)) {
    const readAt = Math.max(messageSentAt, Math.min(sentAt, receivedAt))
    for (const { id } of findByTime(tx, conversation, context.own, messageSentAt)) {
      note(tx, id, sender, readAt)
    }
  }
}

/** The first time counts. */
function note(tx: Tx, message: number, reader: string, readAt: number): void {
  tx.run('INSERT OR IGNORE INTO receipts (message, reader, read_at) VALUES (?, ?, ?)', message, reader, readAt)
  tx.run('UPDATE messages SET read_at = ? WHERE id = ? AND read_at IS NULL', readAt, message)
}
