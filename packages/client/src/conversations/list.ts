import { type AccountId } from '@sotto/protocol/account'
import { type ExpiryMode } from '@sotto/protocol/message'
import { type AttachmentKind } from '../attachments/file-type.ts'
import { attachmentsOf } from '../attachments/rows.ts'
import { conversationsWithVoiceDraft } from '../attachments/voice-draft.ts'
import { findContact, isRequest, nameOf } from '../contacts/rows.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { type Mention, mentionsIn } from '../messages/mentions.ts'
import { messageOfRow, type MessageRow } from '../messages/rows.ts'
import { numberOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader } from '../store/store.ts'
import { type NotificationMode, notificationModeOf } from './notification-mode.ts'
import { conversationOfRow, type ConversationKind, type Draft, draftOfRow } from './rows.ts'

/** A row of the left pane. Times are Unix ms where nothing else is said. */
export interface ConversationRow {
  readonly id: ConversationId
  readonly kind: ConversationKind
  /** `undefined` for notes to self. */
  readonly name: string | undefined
  readonly pinned: boolean
  readonly lastActivityAt: number | undefined
  readonly unreadCount: number
  readonly mentionCount: number
  /** Marked as unread by the user, whatever the counts are. */
  readonly forcedUnread: boolean
  readonly mutedUntilSeconds: number
  /** What holds while it is not muted until a time. */
  readonly notifications: NotificationMode
  readonly preview: Preview | undefined
  readonly draft: string | undefined
  /** Whether something was said and not sent. */
  readonly hasVoiceDraft: boolean
}

/** The newest message, in short. */
export interface Preview extends Pick<
  MessageRow,
  'kind' | 'outgoing' | 'sender' | 'sentAt' | 'state' | 'deleted' | 'data' | 'readAt'
> {
  /** The beginning of the text. */
  readonly body: string | undefined
  readonly mentions: readonly Mention[]
  /** Of its files, in order. */
  readonly attachments: readonly AttachmentKind[]
}

/** One conversation, opened. */
export interface ConversationView extends ConversationRow {
  /** An incoming request waits for the user, an outgoing one for the other person. */
  readonly request: 'none' | 'incoming' | 'outgoing'
  readonly blocked: boolean
  readonly nickname: string | undefined
  readonly lastReadAt: number
  readonly expiry: { readonly mode: ExpiryMode; readonly timerSeconds: number }
  readonly draftQuote: Draft['quote']
  readonly hidden: boolean
}

const MAX_PREVIEW_UNITS = 300

/** Everything that is listed, in its order: pinned ones, then by activity, then by name. Spec 50 §2.3. */
export function conversationRows(reader: Reader, own: AccountId): readonly ConversationRow[] {
  const sql = `SELECT v.*, p.name, p.nickname FROM conversations AS v LEFT JOIN contacts AS p ON p.id = v.id
    WHERE v.priority >= 0 AND (v.last_activity_at IS NOT NULL OR v.kind = 'community')
    AND (p.id IS NULL OR (p.blocked = 0 AND NOT (p.approved = 0 AND p.approved_me = 1)))
    ORDER BY v.priority DESC, v.last_activity_at DESC`
  const spoken = conversationsWithVoiceDraft(reader)
  const rows = reader.all(sql).map(row => rowOf(reader, row, { own, spoken }))
  return rows.toSorted(
    (a, b) =>
      Number(b.pinned) - Number(a.pinned) ||
      (b.lastActivityAt ?? -1) - (a.lastActivityAt ?? -1) ||
      (a.name ?? '').localeCompare(b.name ?? '') ||
      (a.id < b.id ? -1 : 1),
  )
}

/** Also of conversations that are not listed. */
export function viewConversation(reader: Reader, id: ConversationId, own: AccountId): ConversationView | undefined {
  const sql = `SELECT v.*, p.name, p.nickname FROM conversations AS v LEFT JOIN contacts AS p ON p.id = v.id
    WHERE v.id = ?`
  const row = reader.get(sql, id)
  if (row === undefined) return undefined
  const { expiryMode, expirySeconds, lastReadAt, priority } = conversationOfRow(row)
  const contact = isAccountConversation(id) ? findContact(reader, id) : undefined
  const isOutgoing = contact?.approved === true && !contact.approvedMe
  return {
    ...rowOf(reader, row, { own, spoken: conversationsWithVoiceDraft(reader) }),
    request: contact !== undefined && isRequest(contact) ? 'incoming' : isOutgoing ? 'outgoing' : 'none',
    blocked: contact?.blocked === true,
    nickname: contact?.nickname,
    lastReadAt,
    expiry: { mode: expiryMode, timerSeconds: expirySeconds },
    draftQuote: draftOfRow(row)?.quote,
    hidden: priority < 0,
  }
}

interface Known {
  readonly own: AccountId
  /** Conversations in which something was said and not sent. */
  readonly spoken: ReadonlySet<string>
}

function rowOf(reader: Reader, row: SqlRow, { own, spoken }: Known): ConversationRow {
  const conversation = conversationOfRow(row)
  const { id, kind, lastActivityAt, unreadCount, mentionCount, forcedUnread, mutedUntilSeconds, notifications } =
    conversation
  return {
    id,
    kind,
    name: kind === 'self' ? undefined : nameOf(id, namesOf(row)),
    pinned: conversation.priority > 0,
    lastActivityAt,
    unreadCount,
    mentionCount,
    forcedUnread,
    mutedUntilSeconds,
    notifications: notificationModeOf(notifications),
    preview: previewOf(reader, id, own),
    draft: draftOfRow(row)?.text,
    hasVoiceDraft: spoken.has(id),
  }
}

function namesOf({ name, nickname }: SqlRow): Parameters<typeof nameOf>[1] {
  return {
    name: typeof name === 'string' ? name : undefined,
    nickname: typeof nickname === 'string' ? nickname : undefined,
  }
}

/** Of a conversation; `undefined` if it is empty. */
export function previewOf(reader: Reader, id: ConversationId, own: AccountId): Preview | undefined {
  const sql = 'SELECT * FROM messages WHERE conversation = ? ORDER BY sent_at DESC, sender DESC, digest DESC LIMIT 1'
  const row = reader.get(sql, id)
  if (row === undefined) return undefined
  const { kind, outgoing, sender, sentAt, state, deleted, data, readAt, body: text } = messageOfRow(row)
  const body = text?.slice(0, MAX_PREVIEW_UNITS)
  const mentions = body === undefined ? [] : mentionsIn(reader, body, own)
  const attachments = attachmentsOf(reader, numberOf(row, 'id')).map(attachment => attachment.kind)
  return { kind, outgoing, sender, sentAt, state, deleted, data, readAt, body, mentions, attachments }
}
