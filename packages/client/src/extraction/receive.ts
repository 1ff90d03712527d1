import { type DataExtraction, effectiveExpiry } from '@sotto/protocol/message'
import { findConversation, noteActivity } from '../conversations/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { insertMessage } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'

/** The kind of the line; its data is an `ExtractionNotice`. */
const EXTRACTION_LINE = 'data-extraction'

/** What the line says. */
export interface ExtractionNotice extends Pick<DataExtraction, 'what'> {
  /** Unix ms of the message whose attachment was saved, as its sender knows it. */
  readonly targetSentAt: number | null
}

/** Shows a line, at the time at which it was sent; not where there is no conversation. Spec 10 §5.5. */
export function receiveExtraction(tx: Tx, received: Received<'data-extraction'>, { own }: EngineContext): void {
  const { content, conversation, digest, fromSelf, hash, networkExpiry, receivedAt, sender, sentAt } = received
  if (fromSelf || findConversation(tx, conversation) === undefined) return
  const data: ExtractionNotice = { what: content.what, targetSentAt: content.targetSentAt ?? null }
  const id = insertMessage(tx, own, {
    conversation,
    sender,
    sentAt,
    digest,
    outgoing: false,
    kind: EXTRACTION_LINE,
    state: 'received',
    receivedAt,
    hash,
    networkExpiry,
    expiry: effectiveExpiry(content.expiry, false),
    data,
  })
  if (id !== undefined) noteActivity(tx, conversation, Math.min(sentAt, receivedAt))
}
