import { type AccountId } from '@sotto/protocol/account'
import { bodyLength, type Expiry, maxBodyLength } from '@sotto/protocol/message'
import { type TimedContent } from '@sotto/protocol/seal'
import { ownProfile } from '../account/own-profile.ts'
import { encloseStaged, type Enclosed, requireSendable } from '../attachments/compose.ts'
import { abilitiesFor } from '../contacts/abilities.ts'
import { findConversation, noteActivity } from '../conversations/rows.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { contentDigest } from '../inbox/content-digest.ts'
import { beginReply } from '../requests/reply.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { findMessage, insertMessage } from './rows.ts'

/** What the user wrote. */
export interface Composed {
  /** Made by the caller: the same one again is the same message, and is not sent twice. */
  readonly clientId: string
  readonly conversation: ConversationId
  readonly body: string
  /** The row of the message that it replies to. */
  readonly quote: number | undefined
  readonly enclosed: Enclosed
}

/**
 * Keeps a text and queues it with its exact bytes, in one transaction; with files as soon as all of them are on the server.
 * Returns its row.
 * @throws {ClientError} `client.text-empty`, `client.text-too-long`, `client.not-supported`, `client.blocked`,
 * `client.unknown-message` for a quote of what is not here
 * @throws {AttachmentsError} those of `requireSendable`
 */
export function sendText(tx: Tx, composed: Composed, context: EngineContext): number {
  const before = tx.get('SELECT id FROM messages WHERE client_id = ?', composed.clientId)
  if (before !== undefined) return numberOf(before, 'id')
  const { clientId, conversation, enclosed } = composed
  if (!isAccountConversation(conversation)) throw new ClientError('client.not-supported')
  const body = checkBody(composed.body, enclosed)
  requireSendable(tx, conversation, enclosed, context)
  const quote = composed.quote === undefined ? undefined : quoteOf(tx, composed.quote, conversation)
  const sentAt = beginReply(tx, conversation, context)
  const expiry = expiryOf(tx, conversation)
  const isNote = conversation === context.own
  const content: TimedContent = {
    kind: 'message',
    sentAt,
    body,
    attachments: [],
    quote: quote && { ...quote, attachments: [] },
    expiry,
    profile: isNote ? undefined : ownProfile(tx),
    abilities: abilitiesFor(tx, conversation),
  }
  const message = insertMessage(tx, context.own, {
    conversation,
    sender: context.own,
    sentAt,
    digest: contentDigest(content),
    outgoing: true,
    kind: 'text',
    state: 'queued',
    receivedAt: context.time.now(),
    clientId,
    body,
    quote,
    expiry,
  })
  if (message === undefined) throw new ClientError('client.unknown-message')
  if (enclosed.attachments.length > 0) encloseStaged(tx, { id: message, conversation, sentAt }, enclosed, context)
  else context.outbox.enqueue(tx, { content, recipient: conversation, copy: true, message })
  noteActivity(tx, conversation, sentAt)
  forgetDraft(tx, conversation)
  return message
}

/** What a message in this conversation says about its own end; both fields go along even when it has none. */
export function expiryOf(reader: Reader, conversation: AccountId): Expiry {
  const { expiryMode, expirySeconds } = findConversation(reader, conversation) ?? {
    expiryMode: 'off',
    expirySeconds: 0,
  }
  return { mode: expiryMode, timerSeconds: expiryMode === 'off' ? 0 : expirySeconds }
}

/** With files it may be missing. */
function checkBody(text: string, { attachments }: Enclosed): string | undefined {
  const body = text.toWellFormed().trim()
  if (body === '' && attachments.length > 0) return undefined
  if (body === '') throw new ClientError('client.text-empty')
  const length = bodyLength(body)
  if (length > maxBodyLength.ordinary) throw new ClientError('client.text-too-long', { length })
  return body
}

function quoteOf(tx: Tx, id: number, conversation: AccountId): { readonly sentAt: number; readonly author: AccountId } {
  const quoted = findMessage(tx, id)
  if (quoted === undefined || quoted.conversation !== conversation) throw new ClientError('client.unknown-message')
  return { sentAt: quoted.sentAt, author: quoted.sender }
}

function forgetDraft(tx: Tx, conversation: AccountId): void {
  const sql = `UPDATE conversations SET draft = NULL, draft_quote_sent_at = NULL, draft_quote_author = NULL
    WHERE id = ? AND draft IS NOT NULL`
  tx.run(sql, conversation)
}
