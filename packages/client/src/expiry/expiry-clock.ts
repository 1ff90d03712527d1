import { type EngineContext } from '../engine/context.ts'
import { optionalNumber } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** The name of the job that removes what has expired. It has no key. */
export const SWEEP_JOB = 'expiry-sweep'

/** When a message goes: it began to count so long before. Unix ms. */
export interface ExpiryClock {
  readonly startedAt: number
  readonly expiresAt: number
}

/** Lets a message count, and sees to it that it goes in time. */
export function startClock(
  tx: Tx,
  message: number,
  { startedAt, expiresAt }: ExpiryClock,
  { schedule }: EngineContext,
): void {
  tx.run('UPDATE messages SET expiry_started_at = ?, expires_at = ? WHERE id = ?', startedAt, expiresAt, message)
  schedule.atLatest(tx, SWEEP_JOB, '', expiresAt)
}

/** It counts anew when it is sent after all. Spec 10 §5.8. */
export function stopClock(tx: Tx, message: number): void {
  tx.run('UPDATE messages SET expiry_started_at = NULL, expires_at = NULL WHERE id = ?', message)
}

/** When the first message goes (Unix ms); `undefined` if none counts. */
export function nextExpiry(reader: Reader): number | undefined {
  return optionalNumber(
    reader.get('SELECT min(expires_at) AS first FROM messages WHERE expires_at IS NOT NULL') ?? { first: null },
    'first',
  )
}
