import { type EngineContext } from '../engine/context.ts'
import { messageOfRow, removeMessage } from '../messages/rows.ts'
import { type DueJob } from '../schedule/job.ts'
import { nextExpiry } from './expiry-clock.ts'

/** So many in one transaction: others get a turn. */
const MAX_AT_ONCE = 200

/** Removes what has expired. Returns when to do that again. Spec 10 §5.8. */
export function sweepExpired(_: DueJob, { limits, own, store, time }: EngineContext): number | undefined {
  const now = time.now()
  return store.write(tx => {
    const sql = 'SELECT * FROM messages WHERE expires_at <= ? ORDER BY expires_at LIMIT ?'
    for (const row of tx.all(sql, now, MAX_AT_ONCE)) removeMessage(tx, own, messageOfRow(row), now + limits.seenMs)
    return nextExpiry(tx)
  })
}
