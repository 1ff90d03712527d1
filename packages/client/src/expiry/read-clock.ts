import { type EngineContext } from '../engine/context.ts'
import { type ReadMessages } from '../engine/read-messages.ts'
import { findMessage, isMessage, type MessageRow } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { startClock } from './expiry-clock.ts'

/** The name of the job that tells the own swarm when messages that were read end. It has no key. */
export const SHORTEN_JOB = 'expiry-shorten'

/** So that the swarm does not learn when the user reads: it is told up to this much later. Spec 70, trap 9. */
const MAX_JITTER_MS = 600_000

/** When something was read: Unix ms, and which part of the longest delay goes by until the swarm is told, 0 to 1. */
export interface Reading {
  readonly readAt: number
  readonly delay: number
}

/** What was read and counts from reading begins to count now. Spec 10 §5.8. */
export function startRead(tx: Tx, { messages, readAt }: ReadMessages, context: EngineContext): void {
  const reading = drawReading(readAt, context)
  for (const { id } of messages) {
    const row = findMessage(tx, id)
    if (row === undefined || row.outgoing || row.expiryMode !== 'after-read' || row.expiresAt !== undefined) continue
    startAfterRead(tx, row, reading, context)
  }
}

/** The same delay for all that is read at once, so that few requests tell of it. */
export function drawReading(readAt: number, { random }: EngineContext): Reading {
  const [high = 0, low = 0] = random(2)
  return { readAt, delay: (high * 256 + low) / 65_536 }
}

/**
 * Begins to count, and has the own swarm told of messages, so that other devices learn of it. Lines are never read, and count on
 * each device from when they came.
 */
export function startAfterRead(tx: Tx, row: MessageRow, { delay, readAt }: Reading, context: EngineContext): void {
  const { expirySeconds, hash, id, networkExpiry = 0 } = row
  const timerMs = expirySeconds * 1000
  const expiresAt = readAt + timerMs
  startClock(tx, id, { startedAt: readAt, expiresAt }, context)
  if (!isMessage(row) || hash === undefined || networkExpiry <= expiresAt) return
  const dueAt = Math.floor(readAt + delay * Math.min(MAX_JITTER_MS, timerMs / 2))
  tx.run('INSERT OR REPLACE INTO swarm_shortenings (message, due_at) VALUES (?, ?)', id, dueAt)
  context.schedule.atLatest(tx, SHORTEN_JOB, '', dueAt)
}
