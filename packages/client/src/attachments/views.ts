import { type ConversationId } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { isWhole } from './chunks.ts'
import { type AttachmentKind } from './file-type.ts'
import { ATTACHMENT_COLUMNS, attachmentOfRow, type AttachmentRow, type StoredState } from './rows.ts'

/**
 * Where an attachment is: `staging` while pieces of it are missing that is to be sent, `waiting` for a click or for trust in its sender, `queued` for its turn or its next try, `failed` and to
 * be tried again by hand, `gone` from its server for good, `evicted` to save room or `stopped` by hand, and to be fetched again.
 */
export type AttachmentState = Exclude<StoredState, 'running'> | 'staging' | 'uploading' | 'downloading'

/** An attachment as it is shown: plain data. Times are Unix ms. */
export interface AttachmentView {
  readonly id: number
  /** `undefined` while it is staged. */
  readonly message: number | undefined
  readonly conversation: ConversationId
  /** Of its message. */
  readonly sentAt: number
  /** By its content as soon as that is here, before as the sender says. */
  readonly kind: AttachmentKind
  /** One of a closed list: never a type that could run anything. */
  readonly contentType: string
  /** Never empty; safe to show and to give to a file system. */
  readonly name: string
  readonly caption: string | undefined
  readonly sizeBytes: number | undefined
  /** In pixels; as the sender says until it is here. */
  readonly width: number | undefined
  readonly height: number | undefined
  readonly state: AttachmentState
  /** A code: why it failed, or why the last attempt did. */
  readonly failure: string | undefined
  readonly nextTryAt: number | undefined
  readonly hasThumbnail: boolean
}

/** Makes an attachment ready to be shown. */
export function viewOfAttachment(row: AttachmentRow): AttachmentView {
  const { caption, contentType, conversation, failure, hasThumbnail, height, id, kind, message, name, nextAt } = row
  return {
    id,
    message,
    conversation,
    sentAt: row.sentAt,
    kind,
    contentType,
    name,
    caption,
    sizeBytes: row.sizeBytes,
    width: row.width,
    height,
    state: stateOf(row),
    failure,
    nextTryAt: row.state === 'queued' && nextAt > 0 ? nextAt : undefined,
    hasThumbnail,
  }
}

/** Of several messages (ids as a list in JSON), by message, in their order. */
export function attachmentViews(reader: Reader, ids: string): ReadonlyMap<number, readonly AttachmentView[]> {
  const sql = `SELECT ${ATTACHMENT_COLUMNS} FROM attachments a WHERE a.message IN (SELECT value FROM json_each(?))
    ORDER BY a.message, a.position`
  const found = new Map<number, AttachmentView[]>()
  for (const row of reader.all(sql, ids)) {
    const view = viewOfAttachment(attachmentOfRow(row))
    if (view.message === undefined) continue
    const list = found.get(view.message) ?? []
    found.set(view.message, list)
    list.push(view)
  }
  return found
}

/** Own files have no address before they are on the server. */
function stateOf(row: AttachmentRow): AttachmentState {
  const { manifest, state, url } = row
  if (state === 'staged' && manifest !== undefined && !isWhole(row)) return 'staging'
  if (state !== 'running') return state
  return url === undefined ? 'uploading' : 'downloading'
}
