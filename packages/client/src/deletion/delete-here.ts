import { type EngineContext } from '../engine/context.ts'
import { findMessage, isMessage } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { forgetMessage, wipeMessage } from './erase.ts'

/**
 * Deletes on this device: what is a message becomes a place that says so, which goes when it is deleted once more; lines go at
 * once, and so does what was never sent. Others hear nothing of it. Spec 50 §3.10.
 */
export function deleteHere(tx: Tx, messages: readonly number[], context: EngineContext): void {
  for (const id of messages) {
    const row = findMessage(tx, id)
    if (row === undefined) continue
    const isUnsent = row.state === 'queued' || row.state === 'failed'
    if (isUnsent) context.outbox.cancel(tx, id)
    if (isUnsent || row.deleted !== 'no' || !isMessage(row)) forgetMessage(tx, row, context)
    else wipeMessage(tx, row, 'here')
  }
}
