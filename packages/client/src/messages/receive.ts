import { effectiveExpiry, encodeContent } from '@sotto/protocol/message'
import { keepPointers } from '../attachments/receive.ts'
import { findConversation, noteActivity } from '../conversations/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { type Tx } from '../store/store.ts'
import { keepWithin } from './intake.ts'
import { mentions } from './mentions.ts'
import { insertMessage, type NewMessage } from './rows.ts'

/** Longer contents of kinds that are not understood are shown as such, but not kept. */
const MAX_UNSUPPORTED_BYTES = 20_000

/** Shows a message, once. Spec 10 §5.2. */
export function receiveMessage(tx: Tx, received: Received<'message'>, context: EngineContext): void {
  const { content, fromSelf } = received
  const { body, content: rest, hasFiles } = keepWithin(tx, received, context)
  const id = keep(tx, received, context, {
    kind: 'text',
    body,
    content: rest,
    quote: content.quote && { sentAt: content.quote.sentAt, author: content.quote.author },
    mentionsMe: !fromSelf && body !== undefined && mentions(body, context.own),
  })
  if (id !== undefined && hasFiles) keepPointers(tx, id, content.attachments, context)
}

/** Shows that there is something that this version cannot show, and keeps it for one that can. */
export function receiveUnsupported(tx: Tx, received: Received, context: EngineContext): void {
  const { content, size } = received
  const bytes = size <= MAX_UNSUPPORTED_BYTES ? encodeContent(content, Infinity) : undefined
  keep(tx, received, context, { kind: 'unsupported', content: bytes, data: { kind: content.kind } })
}

/** A call that cannot be taken: one line for each, not for each step. */
export function receiveCall(tx: Tx, received: Received<'call'>, context: EngineContext): void {
  if (received.fromSelf || received.content.signal.type !== 'offer') return
  keep(tx, received, context, { kind: 'unsupported', data: { kind: 'call' } })
}

type Shown = Pick<NewMessage, 'kind' | 'body' | 'content' | 'quote' | 'mentionsMe' | 'data'>

function keep(tx: Tx, received: Received, { own }: EngineContext, shown: Shown): number | undefined {
  const { content, conversation, digest, fromSelf, hash, networkExpiry, receivedAt, sender, sentAt } = received
  const lastReadAt = findConversation(tx, conversation)?.lastReadAt ?? 0
  const id = insertMessage(tx, own, {
    ...shown,
    conversation,
    sender,
    sentAt,
    digest,
    outgoing: fromSelf,
    state: fromSelf ? 'sent' : 'received',
    receivedAt,
    hash,
    networkExpiry,
    unread: !fromSelf && sentAt > lastReadAt,
    expiry: effectiveExpiry(content.expiry, conversation === own),
  })
  // A time in the future would keep the conversation at the top.
  if (id !== undefined) noteActivity(tx, conversation, Math.min(sentAt, receivedAt))
  return id
}
