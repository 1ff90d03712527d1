import { type EngineContext } from '../engine/context.ts'
import { messageOfRow, removeMessage } from '../messages/rows.ts'
import { type DueJob } from '../schedule/job.ts'
import { nextExpiry } from './expiry-clock.ts'

/** So many in one transaction; others get a turn before the next ones. */
const MAX_AT_ONCE = 200
const TURN_MS = 10
/** How often it is asked whether the time is known. */
const PATIENCE_MS = 3000

/** Removes what has expired. Returns when to do that again. Spec 10 §5.8. */
export function sweepExpired(_: DueJob, context: EngineContext): number | undefined {
  const { limits, own, store, time } = context
  const now = time.now()
  if (isTimeUnknown(context)) return now + PATIENCE_MS
  return store.write(tx => {
    const sql = 'SELECT * FROM messages WHERE expires_at <= ? ORDER BY expires_at LIMIT ?'
    for (const row of tx.all(sql, now, MAX_AT_ONCE)) removeMessage(tx, own, messageOfRow(row), now + limits.seenMs)
    const next = nextExpiry(tx)
    return next === undefined ? undefined : Math.max(next, now + TURN_MS)
  })
}

/**
 * Right after the start there is only the clock of the device, and one that is ahead would take messages away that have time left.
 * Without a network nothing better will come. Spec 70, trap 15.
 */
function isTimeUnknown({ connection, time }: EngineContext): boolean {
  return !time.isSettled() && connection().kind !== 'waiting'
}
