import { createLegacyAttachmentKey, parseFileUrl, pointerFileId } from '@sotto/protocol/attachment'
import { type AttachmentPointer, VOICE_MESSAGE_FLAG } from '@sotto/protocol/message'
import { type TimedContent } from '@sotto/protocol/seal'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { ownProfile } from '../account/own-profile.ts'
import { abilitiesFor } from '../contacts/abilities.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { contentDigest } from '../inbox/content-digest.ts'
import { findMessage, type MessageRow } from '../messages/rows.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'
import { isWhole } from './chunks.ts'
import { soundType } from './file-type.ts'
import { attachmentLimit, requireWithin } from './limit.ts'
import { requireTogether } from './limits.ts'
import { requireApproved } from './require-approved.ts'
import { attachmentsOf, type AttachmentRow, findAttachment } from './rows.ts'

/** What a message takes with it. */
export interface Enclosed {
  /** Ids of staged files, in order. */
  readonly attachments: readonly number[]
  readonly voice: boolean
}

/**
 * Looks whether staged files can go together in this conversation.
 * @throws {AttachmentsError} `attachments.unknown`, `attachments.too-many`, `attachments.mixed`, `attachments.not-voice`,
 * `attachments.not-approved`, `attachments.incomplete`, `attachments.too-large`
 */
export function requireSendable(
  reader: Reader,
  to: ConversationId,
  { attachments, voice }: Enclosed,
  context: EngineContext,
): void {
  const rows = attachments.map(id => requireStaged(reader, id, to))
  if (rows.length > 0) requireApproved(reader, to, context)
  for (const row of rows.filter(({ manifest }) => manifest !== undefined)) {
    if (!isWhole(row)) throw new AttachmentsError('attachments.incomplete')
    requireWithin(attachmentLimit(reader, to, context), row.sizeBytes ?? 0)
  }
  requireTogether(rows.map(({ kind }) => (voice ? 'voice' : kind)))
  if (voice && (rows.length !== 1 || rows.some(({ contentType }) => soundType(contentType) === undefined))) {
    throw new AttachmentsError('attachments.not-voice')
  }
}

/** Gives staged files to a message that was just made: each gets the key under which it will lie on the server. */
export function encloseStaged(
  tx: Tx,
  message: Pick<MessageRow, 'id' | 'conversation' | 'sentAt'>,
  { attachments, voice }: Enclosed,
  { random }: EngineContext,
): void {
  for (const [position, id] of attachments.entries()) {
    const { contentType, kind, manifest } = requireStaged(tx, id, message.conversation)
    tx.run(
      `UPDATE attachments SET message = ?, position = ?, sent_at = ?, kind = ?, content_type = ?, state = 'queued'
      WHERE id = ?`,
      message.id,
      position,
      message.sentAt,
      voice ? 'voice' : kind,
      voice ? (soundType(contentType) ?? contentType) : contentType,
      id,
    )
    if (manifest === undefined) drawKey(tx, id, random)
    else tx.run('UPDATE attachments SET file_key = ? WHERE id = ?', random(32), id)
  }
}

function drawKey(tx: Tx, id: number, random: RandomBytes): void {
  const key = createLegacyAttachmentKey(random)
  tx.run('UPDATE attachments SET key = ?, iv = ? WHERE id = ?', key.expose(), random(16), id)
  key.wipe()
}

/**
 * Queues a message all of whose files are on the server, with their places. Does nothing while any is missing, or if it was
 * queued before.
 */
export function sendComplete(tx: Tx, id: number, context: EngineContext): void {
  const message = findMessage(tx, id)
  const attachments = attachmentsOf(tx, id)
  if (message === undefined || message.state !== 'queued' || !isAccountConversation(message.conversation)) return
  if (attachments.some(({ url }) => url === undefined)) return
  if (tx.get('SELECT 1 FROM outbox WHERE message = ?', id) !== undefined) return
  const { conversation } = message
  const content = contentOf(tx, message, attachments.map(pointerOf), context)
  tx.run('UPDATE messages SET digest = ? WHERE id = ?', contentDigest(content), id)
  context.outbox.enqueue(tx, { content, recipient: conversation, copy: true, message: id })
}

/** Uploads everything of a message anew that did not go out: what lay on the server meanwhile may be gone. Whether there is any. */
export function uploadAgain(tx: Tx, message: number): boolean {
  if (tx.get('SELECT 1 FROM outbox WHERE message = ?', message) !== undefined) return false
  const sql = `UPDATE attachments SET state = 'queued', url = NULL, digest = NULL, attempts = 0, next_at = 0, failure = NULL
    WHERE message = ? AND (file IS NOT NULL AND iv IS NOT NULL OR file_key IS NOT NULL
      AND EXISTS (SELECT 1 FROM attachment_chunks c WHERE c.attachment = attachments.id))`
  return tx.run(sql, message).changes > 0
}

function contentOf(
  tx: Tx,
  message: MessageRow,
  attachments: readonly AttachmentPointer[],
  { own }: EngineContext,
): TimedContent {
  const { body, conversation, expiryMode, expirySeconds, quote, sentAt } = message
  return {
    kind: 'message',
    sentAt,
    body,
    attachments,
    quote: quote && { ...quote, author: quote.author as MessageRow['sender'], attachments: [] },
    expiry: { mode: expiryMode, timerSeconds: expirySeconds },
    profile: conversation === own ? undefined : ownProfile(tx),
    abilities: isAccountConversation(conversation) ? abilitiesFor(tx, conversation) : undefined,
  }
}

/** Spec 10 §4.5. */
function pointerOf(row: AttachmentRow): AttachmentPointer {
  const { contentType, digest, height, key, kind, manifest, name, sizeBytes, url = '', width } = row
  return {
    id: pointerFileId(parseFileUrl(url).id),
    contentType,
    key,
    sizeBytes,
    digest,
    fileName: name,
    flags: kind === 'voice' ? VOICE_MESSAGE_FLAG : undefined,
    width,
    height,
    url,
    manifest,
  }
}

function requireStaged(reader: Reader, id: number, conversation: ConversationId): AttachmentRow {
  const row = findAttachment(reader, id)
  if (row === undefined || row.state !== 'staged' || row.conversation !== conversation) {
    throw new AttachmentsError('attachments.unknown')
  }
  return row
}
