import { type ExpiryMode } from '@sotto/protocol/message'
import { type ConversationId } from '../engine/conversation-id.ts'
import { flagOf, numberOf, optionalNumber, optionalText, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** A conversation as it is kept. Times are Unix ms where nothing else is said. */
export interface Conversation {
  readonly id: ConversationId
  readonly kind: ConversationKind
  readonly createdAt: number
  /** `undefined` for one that nothing ever happened in. */
  readonly lastActivityAt: number | undefined
  /** More than 0 is pinned, less is hidden. */
  readonly priority: number
  /** 0 is the default of the kind. Spec 30 §4.2. */
  readonly notifications: number
  readonly mutedUntilSeconds: number
  readonly expiryMode: ExpiryMode
  readonly expirySeconds: number
  readonly lastReadAt: number
  readonly forcedUnread: boolean
  readonly unreadCount: number
  readonly mentionCount: number
}

/** Whom one talks to. */
export type ConversationKind = 'self' | 'contact' | 'group' | 'community'

/** `undefined` if there is none. */
export function findConversation(reader: Reader, id: ConversationId): Conversation | undefined {
  const row = reader.get('SELECT * FROM conversations WHERE id = ?', id)
  return row && conversationOfRow(row)
}

/** Begins a conversation, unless there is one. `now` is Unix ms. */
export function ensureConversation(tx: Tx, id: ConversationId, kind: ConversationKind, now: number): void {
  tx.run('INSERT OR IGNORE INTO conversations (id, kind, created_at) VALUES (?, ?, ?)', id, kind, now)
}

/** Something happened in it at this time (Unix ms): it moves up the list, and is hidden no more. */
export function noteActivity(tx: Tx, id: ConversationId, at: number): void {
  const sql = `UPDATE conversations SET last_activity_at = max(coalesce(last_activity_at, 0), ?), priority = max(priority, 0)
    WHERE id = ?`
  tx.run(sql, at, id)
}

/** Takes the columns of `conversations`. */
export function conversationOfRow(row: SqlRow): Conversation {
  return {
    // What this program wrote is what it read from an id.
    id: textOf(row, 'id') as ConversationId,
    kind: textOf(row, 'kind') as ConversationKind,
    createdAt: numberOf(row, 'created_at'),
    lastActivityAt: optionalNumber(row, 'last_activity_at'),
    priority: numberOf(row, 'priority'),
    notifications: numberOf(row, 'notifications'),
    mutedUntilSeconds: numberOf(row, 'muted_until_seconds'),
    expiryMode: textOf(row, 'expiry_mode') as ExpiryMode,
    expirySeconds: numberOf(row, 'expiry_seconds'),
    lastReadAt: numberOf(row, 'last_read_at'),
    forcedUnread: flagOf(row, 'forced_unread'),
    unreadCount: numberOf(row, 'unread_count'),
    mentionCount: numberOf(row, 'mention_count'),
  }
}

/** What was typed and not sent. */
export interface Draft {
  readonly text: string
  /** The message that it replies to. */
  readonly quote: { readonly sentAt: number; readonly author: string } | undefined
}

/** `undefined` if nothing was typed. */
export function draftOfRow(row: SqlRow): Draft | undefined {
  const text = optionalText(row, 'draft')
  if (text === undefined) return undefined
  const sentAt = optionalNumber(row, 'draft_quote_sent_at')
  const author = optionalText(row, 'draft_quote_author')
  return { text, quote: sentAt === undefined || author === undefined ? undefined : { sentAt, author } }
}
