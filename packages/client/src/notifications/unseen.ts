import { type AccountId } from '@sotto/protocol/account'
import { type AttachmentKind } from '../attachments/file-type.ts'
import { attachmentsOf } from '../attachments/rows.ts'
import { findContact, isRequest, nameOf } from '../contacts/rows.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { firstRequest } from '../requests/first-request.ts'
import { numberOf, optionalText, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'

/** Something that came and was not read. */
export interface UnseenEntry {
  readonly kind: 'message' | 'request'
  readonly conversation: ConversationId
  /** What to call whom it is from. */
  readonly name: string
  readonly message: number
  /** Unix ms, as the sender says. */
  readonly sentAt: number
  /** Unix ms of the network: when it came to this device. */
  readonly receivedAt: number
  /** The beginning of the text; `undefined` for what has none, and for requests. */
  readonly body: string | undefined
  /** What it carries, in order; nothing for requests. */
  readonly attachments: readonly AttachmentKind[]
}

/** What counts as unseen. Times are Unix ms of the network. */
interface Window {
  readonly own: AccountId
  readonly since: number
  readonly now: number
  readonly limit: number
}

const MAX_BODY_UNITS = 300

/** Newest first. Of conversations that tell of mentions only: what mentions this account, or replies to it. */
export function unseenMessages(reader: Reader, { limit, now, own, since }: Window): readonly UnseenEntry[] {
  const sql = `SELECT m.id, m.conversation, m.sent_at, m.received_at, m.body, p.name, p.nickname
    FROM messages AS m JOIN conversations AS v ON v.id = m.conversation LEFT JOIN contacts AS p ON p.id = m.sender
    WHERE m.unread = 1 AND m.outgoing = 0 AND m.received_at > ? AND m.deleted = 'no'
    AND v.priority >= 0 AND v.muted_until_seconds <= ? AND v.notifications != 2
    AND (v.notifications != 3 OR m.mentions_me = 1 OR m.quote_author = ?)
    AND coalesce(p.blocked, 0) = 0 AND (v.kind != 'contact' OR p.approved = 1)
    ORDER BY m.received_at DESC, m.id DESC LIMIT ?`
  const rows = reader.all(sql, since, Math.floor(now / 1000), own, limit)
  return rows.map(row => ({
    ...entryOf(row),
    kind: 'message',
    body: optionalText(row, 'body')?.slice(0, MAX_BODY_UNITS),
    attachments: attachmentsOf(reader, numberOf(row, 'id')).map(attachment => attachment.kind),
  }))
}

/** The first message of the first request: further ones are silent until there is none. Spec 50, trap 9. */
export function unseenRequest(reader: Reader, { since }: Window): UnseenEntry | undefined {
  const contact = firstRequest(reader)
  const known = contact === undefined ? undefined : findContact(reader, contact as AccountId)
  if (known === undefined || !isRequest(known)) return undefined
  const sql = `SELECT m.id, m.conversation, m.sent_at, m.received_at, m.unread, p.name, p.nickname
    FROM messages AS m LEFT JOIN contacts AS p ON p.id = m.sender
    WHERE m.conversation = ? ORDER BY m.received_at, m.id LIMIT 1`
  const row = reader.get(sql, known.id)
  if (row === undefined || numberOf(row, 'unread') === 0 || numberOf(row, 'received_at') <= since) return undefined
  return { ...entryOf(row), kind: 'request', body: undefined, attachments: [] }
}

function entryOf(row: SqlRow): Omit<UnseenEntry, 'kind' | 'body' | 'attachments'> {
  const conversation = textOf(row, 'conversation') as ConversationId
  const names = { name: optionalText(row, 'name'), nickname: optionalText(row, 'nickname') }
  return {
    conversation,
    name: nameOf(conversation, names),
    message: numberOf(row, 'id'),
    sentAt: numberOf(row, 'sent_at'),
    receivedAt: numberOf(row, 'received_at'),
  }
}
