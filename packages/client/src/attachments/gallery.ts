import { type ConversationId } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { ATTACHMENT_COLUMNS, attachmentOfRow, findAttachment } from './rows.ts'
import { type AttachmentView, viewOfAttachment } from './views.ts'

/** What is looked through: pictures and videos, or all else but voice messages. */
export type GalleryPart = 'media' | 'documents'

/** Some of the attachments of a conversation, newest first. */
export interface GalleryPage {
  readonly attachments: readonly AttachmentView[]
  readonly hasOlder: boolean
}

/** Which part of it. */
export interface GalleryRequest {
  readonly conversation: ConversationId
  readonly what: GalleryPart
  /** The last one of the page before. */
  readonly before: number | undefined
}

/** How many at a time. Spec 50 §0. */
const pageSizes: Readonly<Record<GalleryPart, number>> = { media: 50, documents: 100 }
const kinds: Readonly<Record<GalleryPart, string>> = { media: "'image', 'video'", documents: "'audio', 'file'" }

/** A page that begins behind an attachment that is gone begins anew. */
export function galleryPage(reader: Reader, { before, conversation, what }: GalleryRequest): GalleryPage {
  const last = before === undefined ? undefined : findAttachment(reader, before)
  const limit = pageSizes[what]
  const rows = reader.all(
    `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.conversation = ? AND a.message IS NOT NULL
    AND a.kind IN (${kinds[what]}) AND (a.sent_at, a.id) < (?, ?) ORDER BY a.sent_at DESC, a.id DESC LIMIT ?`,
    conversation,
    last?.sentAt ?? Number.MAX_SAFE_INTEGER,
    last?.id ?? 0,
    limit + 1,
  )
  const attachments = rows.slice(0, limit).map(row => viewOfAttachment(attachmentOfRow(row)))
  return { attachments, hasOlder: rows.length > limit }
}
