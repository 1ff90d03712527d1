import { type Expiry } from '@sotto/protocol/message'
import { requireAccepted } from '../contacts/require-accepted.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { findMessage } from '../messages/rows.ts'
import { expiryOf } from '../messages/send.ts'
import { type Tx } from '../store/store.ts'

/**
 * Tells the sender of a message that its attachment was saved. Nothing is told of own messages. Other devices are not told, and
 * nothing is shown here. Spec 10 §5.5.
 * @throws {ClientError} `client.unknown-message`, and those of `requireAccepted`
 */
export function reportSaved(tx: Tx, message: number, context: EngineContext): void {
  const row = findMessage(tx, message)
  if (row === undefined) throw new ClientError('client.unknown-message')
  const recipient = requireAccepted(tx, row.conversation, context.own)
  if (row.outgoing || recipient === context.own) return
  const expiry = surelyShown(expiryOf(tx, recipient))
  const sentAt = context.nextSentAt(tx)
  const content = { kind: 'data-extraction', what: 'media-saved', targetSentAt: row.sentAt, expiry, sentAt } as const
  context.outbox.enqueue(tx, { content, recipient, copy: false })
}

/** It must not end before it came: it counts from reading also where messages count from sending. Spec 10 §5.8. */
function surelyShown(expiry: Expiry): Expiry {
  return expiry.mode === 'after-send' ? { ...expiry, mode: 'after-read' } : expiry
}
