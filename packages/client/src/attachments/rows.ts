import { type ConversationId } from '../engine/conversation-id.ts'
import { numberOf, optionalBytes, optionalNumber, optionalText, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { type AttachmentKind } from './file-type.ts'

/**
 * Where an attachment is, as it is kept: `staged` chosen and not sent, `waiting` for the user to trust its sender, `queued` and
 * `running` on its way in either direction, `here`, `failed` given up, `gone` from its server, `evicted` to save room, `stopped`
 * by the user.
 */
export type StoredState =
  | 'staged'
  | 'waiting'
  | 'queued'
  | 'running'
  | 'here'
  | 'failed'
  | 'gone'
  | 'evicted'
  | 'stopped'

/** An attachment as it is kept. Times are Unix ms. */
export interface AttachmentRow {
  readonly id: number
  /** `undefined` while it is staged. */
  readonly message: number | undefined
  readonly conversation: ConversationId
  /** Of its message. */
  readonly sentAt: number
  readonly kind: AttachmentKind
  readonly state: StoredState
  readonly contentType: string
  readonly name: string
  readonly caption: string | undefined
  readonly sizeBytes: number | undefined
  readonly width: number | undefined
  readonly height: number | undefined
  /** Its row in `files`, while it is here. */
  readonly file: number | undefined
  readonly hasThumbnail: boolean
  /** What a pointer says. Spec 10 §4.5. */
  readonly url: string | undefined
  readonly key: Uint8Array | undefined
  readonly digest: Uint8Array | undefined
  /** Of own files: with the key, it gives the same bytes each time. */
  readonly iv: Uint8Array | undefined
  /** The version of the manifest of a file that goes in chunks. */
  readonly manifest: number | undefined
  /** Seals its chunks: of own ones, and of those whose manifest was fetched. */
  readonly fileKey: Uint8Array | undefined
  /** How many of them are here. */
  readonly chunksHere: number
  readonly attempts: number
  readonly nextAt: number
  readonly failure: string | undefined
}

/** An attachment to be kept. */
export interface NewAttachment {
  readonly message?: number
  readonly position: number
  readonly conversation: ConversationId
  readonly sentAt: number
  readonly kind: AttachmentKind
  readonly state: StoredState
  readonly contentType: string
  readonly name: string
  readonly caption?: string | undefined
  readonly sizeBytes?: number | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly file?: number
  readonly url?: string | undefined
  readonly key?: Uint8Array | undefined
  readonly digest?: Uint8Array | undefined
  readonly manifest?: number | undefined
  readonly failure?: string | undefined
}

/** Every column but the thumbnail itself, under the letter `a`. */
export const ATTACHMENT_COLUMNS = `a.id, a.message, a.conversation, a.sent_at, a.kind, a.state, a.content_type, a.name,
  a.caption, a.size_bytes, a.width, a.height, a.file, a.thumbnail IS NOT NULL AS has_thumbnail, a.url, a.key, a.digest, a.iv,
  a.attempts, a.next_at, a.failure, a.manifest, a.file_key, CASE WHEN a.manifest IS NULL THEN 0 ELSE
  (SELECT count(*) FROM attachment_chunks c WHERE c.attachment = a.id AND c.file IS NOT NULL) END AS chunks_here`

/** Each file with its attachment: one, or those of its chunks. */
export const ATTACHMENT_FILES = `(SELECT id AS attachment, file FROM attachments WHERE file IS NOT NULL
  UNION ALL SELECT attachment, file FROM attachment_chunks WHERE file IS NOT NULL)`

/** Returns its id. */
export function insertAttachment(tx: Tx, attachment: NewAttachment): number {
  return tx.run(
    `INSERT INTO attachments (message, position, conversation, sent_at, kind, state, content_type, name, caption, size_bytes,
      width, height, file, url, key, digest, failure, manifest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    attachment.message ?? null,
    attachment.position,
    attachment.conversation,
    attachment.sentAt,
    attachment.kind,
    attachment.state,
    attachment.contentType,
    attachment.name,
    attachment.caption ?? null,
    attachment.sizeBytes ?? null,
    attachment.width ?? null,
    attachment.height ?? null,
    attachment.file ?? null,
    attachment.url ?? null,
    attachment.key ?? null,
    attachment.digest ?? null,
    attachment.failure ?? null,
    attachment.manifest ?? null,
  ).lastId
}

/** `undefined` for one that is not here, or no more. */
export function findAttachment(reader: Reader, id: number): AttachmentRow | undefined {
  const row = reader.get(`SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.id = ?`, id)
  return row && attachmentOfRow(row)
}

/** Of a message, in their order. */
export function attachmentsOf(reader: Reader, message: number): readonly AttachmentRow[] {
  const sql = `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.message = ? ORDER BY a.position`
  return reader.all(sql, message).map(attachmentOfRow)
}

/** Files that were chosen for a conversation and not sent yet, in the order of choosing; not what was said. */
export function stagedFor(reader: Reader, conversation: ConversationId): readonly AttachmentRow[] {
  const sql = `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a
    WHERE a.state = 'staged' AND a.kind != 'voice' AND a.conversation = ? ORDER BY a.id`
  return reader.all(sql, conversation).map(attachmentOfRow)
}

/** Puts one into a state in which nothing is to be done about it by itself. */
export function settleAttachment(tx: Tx, id: number, state: StoredState, failure: string | null = null): void {
  tx.run('UPDATE attachments SET state = ?, failure = ?, next_at = 0 WHERE id = ?', state, failure, id)
}

/** It is its turn as soon as there is room for it. */
export function queueAttachment(tx: Tx, id: number): void {
  const sql = "UPDATE attachments SET state = 'queued', attempts = 0, next_at = 0, failure = NULL WHERE id = ?"
  tx.run(sql, id)
}

/** Takes `ATTACHMENT_COLUMNS`. */
export function attachmentOfRow(row: SqlRow): AttachmentRow {
  return {
    id: numberOf(row, 'id'),
    message: optionalNumber(row, 'message'),
    conversation: textOf(row, 'conversation') as ConversationId,
    sentAt: numberOf(row, 'sent_at'),
    kind: textOf(row, 'kind') as AttachmentKind,
    state: textOf(row, 'state') as StoredState,
    contentType: textOf(row, 'content_type'),
    name: textOf(row, 'name'),
    caption: optionalText(row, 'caption'),
    sizeBytes: optionalNumber(row, 'size_bytes'),
    width: optionalNumber(row, 'width'),
    height: optionalNumber(row, 'height'),
    file: optionalNumber(row, 'file'),
    hasThumbnail: numberOf(row, 'has_thumbnail') !== 0,
    url: optionalText(row, 'url'),
    key: optionalBytes(row, 'key'),
    digest: optionalBytes(row, 'digest'),
    iv: optionalBytes(row, 'iv'),
    manifest: optionalNumber(row, 'manifest'),
    fileKey: optionalBytes(row, 'file_key'),
    chunksHere: numberOf(row, 'chunks_here'),
    attempts: numberOf(row, 'attempts'),
    nextAt: numberOf(row, 'next_at'),
    failure: optionalText(row, 'failure'),
  }
}
