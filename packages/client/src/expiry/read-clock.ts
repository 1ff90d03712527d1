import { type EngineContext } from '../engine/context.ts'
import { type ReadMessages } from '../engine/read-messages.ts'
import { findMessage, isMessage, type MessageRow } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { startClock } from './expiry-clock.ts'

/** The name of the job that tells the own swarm when messages that were read end. Its key is that time. */
export const SHORTEN_JOB = 'expiry-shorten'

/** So that the swarm does not learn when the user reads: a request goes out up to this much later. Spec 70, trap 9. */
const MAX_JITTER_MS = 600_000

/** What was read and counts from reading begins to count now. Spec 10 §5.8. */
export function startRead(tx: Tx, { messages, readAt }: ReadMessages, context: EngineContext): void {
  for (const { id } of messages) {
    const row = findMessage(tx, id)
    if (row === undefined || row.outgoing || row.expiryMode !== 'after-read' || row.expiresAt !== undefined) continue
    startAfterRead(tx, row, readAt, context)
  }
}

/**
 * Begins to count at a time (Unix ms), and has the own swarm told of messages, so that other devices learn of it. Lines are
 * never read, and count on each device from when they came.
 */
export function startAfterRead(tx: Tx, row: MessageRow, readAt: number, context: EngineContext): void {
  const { expirySeconds, id } = row
  const timerMs = expirySeconds * 1000
  const expiresAt = readAt + timerMs
  startClock(tx, id, { startedAt: readAt, expiresAt }, context)
  if (!isMessage(row)) return
  const dueAt = readAt + jitter(Math.min(MAX_JITTER_MS, timerMs / 2), context)
  context.schedule.atLatest(tx, SHORTEN_JOB, String(expiresAt), dueAt)
}

/** From 0 up to `most` ms. */
function jitter(most: number, { random }: EngineContext): number {
  const [a = 0, b = 0, c = 0] = random(3)
  return Math.floor((most * (a * 65_536 + b * 256 + c)) / 16_777_216)
}
