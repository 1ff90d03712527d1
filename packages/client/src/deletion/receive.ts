import { isTransient } from '@sotto/network'
import { type MessageHash, parseMessageHash } from '@sotto/protocol/storage'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { findByTime, isMessage, messageOfRow, type MessageRow } from '../messages/rows.ts'
import { type DueJob } from '../schedule/job.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { deleteFromSwarm } from './delete-everywhere.ts'
import { forgetMessage, wipeMessage } from './erase.ts'

/** The name of the job that deletes from the own swarm what others wished back. Its key is a hash. */
export const SWARM_DELETION_JOB = 'deletion-swarm'

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
      context.schedule.at(tx, SWARM_DELETION_JOB, row.hash, context.time.now(), { until: row.networkExpiry ?? 0 })
    }
  }
}

/** Deletes one message from the own swarm; given up when the swarm forgets it by itself. */
export async function deleteInSwarm({ key, payload }: DueJob, context: EngineContext): Promise<void> {
  const hash: MessageHash = parseMessageHash(key)
  if (context.time.now() >= untilOf(payload)) return
  try {
    await deleteFromSwarm([hash], context)
  } catch (error) {
    if (isTransient(error)) throw error
    context.report(error)
  }
}

function untilOf(payload: unknown): number {
  const until = typeof payload === 'object' && payload !== null && 'until' in payload ? payload.until : 0
  return typeof until === 'number' ? until : 0
}

/** An own device names the message by its time alone: it can be in any conversation. */
function ownByTime(reader: Reader, sentAt: number): readonly MessageRow[] {
  return reader.all('SELECT * FROM messages WHERE sent_at = ? AND outgoing = 1', sentAt).map(messageOfRow)
}
