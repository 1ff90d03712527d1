import { type AccountId } from '@sotto/protocol/account'
import { type ExpiryMode } from '@sotto/protocol/message'
import { type AttachmentView, attachmentViews } from '../attachments/views.ts'
import { findContact, nameOf } from '../contacts/rows.ts'
import { type ConversationId } from '../engine/conversation-id.ts'
import { numberOf, optionalNumber, optionalText, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'
import { type Mention, mentionsIn } from './mentions.ts'
import { formatPosition } from './position.ts'
import { findByTime, type MessageKind, type MessageRow, type MessageState } from './rows.ts'

/** A message as it is shown: plain data. Times are Unix ms. */
export interface MessageView {
  readonly id: number
  /** Where it stands in its conversation: for asking what is before or after it. Stays valid when the message is gone. */
  readonly position: string
  readonly conversation: ConversationId
  /** The same for both sides: in the swarm of whoever it was sent to. `undefined` until that has it. */
  readonly hash: string | undefined
  readonly sender: AccountId
  /** `undefined` for own messages. */
  readonly senderName: string | undefined
  readonly outgoing: boolean
  readonly sentAt: number
  readonly receivedAt: number
  readonly kind: MessageKind
  readonly state: MessageState
  /** While it is queued or failed: why the last attempt failed, and when the next one is made. */
  readonly failure: string | undefined
  readonly nextTryAt: number | undefined
  readonly body: string | undefined
  readonly attachments: readonly AttachmentView[]
  readonly mentions: readonly Mention[]
  readonly mentionsMe: boolean
  readonly quote: QuoteView | undefined
  readonly reactions: readonly ReactionView[]
  readonly unread: boolean
  /** On this device. */
  readonly pinned: boolean
  /** When the other person read an own message, as far as they say. */
  readonly readAt: number | undefined
  readonly expiry: ExpiryView | undefined
  readonly deleted: 'no' | 'here' | 'everywhere'
  /** Of the feature that the kind belongs to. */
  readonly data: unknown
  /** It says more than its text, files and quote: a preview or the like. */
  readonly hasMore: boolean
}

/** What a message replies to. */
export interface QuoteView {
  readonly sentAt: number
  readonly author: string
  readonly authorName: string | undefined
  /** `undefined` if the original is not here: only that there was one is known. */
  readonly original: Pick<MessageRow, 'id' | 'kind' | 'body' | 'deleted'> | undefined
}

/** An emoji and who put it there, first ones first. */
export interface ReactionView {
  readonly emoji: string
  readonly senders: readonly AccountId[]
}

/** How a message will disappear. */
export interface ExpiryView {
  readonly mode: ExpiryMode
  readonly timerSeconds: number
  readonly startedAt: number | undefined
  readonly expiresAt: number | undefined
}

const MAX_QUOTED_LENGTH = 500

/** Makes messages ready to be shown, with what other tables say of them. */
export function viewsOf(reader: Reader, rows: readonly MessageRow[], own: AccountId): readonly MessageView[] {
  const ids = JSON.stringify(rows.map(({ id }) => id))
  const reactions = reactionsOf(reader, ids)
  const attempts = attemptsOf(reader, ids)
  const pinned = pinnedAmong(reader, ids)
  const attachments = attachmentViews(reader, ids)
  const nameFor = namesFrom(reader, own)
  return rows.map(row => ({
    id: row.id,
    position: formatPosition(row),
    conversation: row.conversation,
    hash: row.outgoing ? (row.remoteHash ?? row.hash) : row.hash,
    sender: row.sender,
    senderName: nameFor(row.sender),
    outgoing: row.outgoing,
    sentAt: row.sentAt,
    receivedAt: row.receivedAt,
    kind: row.kind,
    state: row.state,
    failure: row.failure ?? attempts.get(row.id)?.failure,
    nextTryAt: attempts.get(row.id)?.nextTryAt,
    body: row.body,
    attachments: attachments.get(row.id) ?? [],
    mentions: row.body === undefined ? [] : mentionsIn(reader, row.body, own),
    mentionsMe: row.mentionsMe,
    quote: quoteView(reader, row, nameFor),
    reactions: reactions.get(row.id) ?? [],
    unread: row.unread,
    pinned: pinned.has(row.id),
    readAt: row.readAt,
    expiry: expiryView(row),
    deleted: row.deleted,
    data: row.data,
    hasMore: row.content !== undefined,
  }))
}

function expiryView({ expiryMode, expirySeconds, expiryStartedAt, expiresAt }: MessageRow): ExpiryView | undefined {
  if (expiryMode === 'off') return undefined
  return { mode: expiryMode, timerSeconds: expirySeconds, startedAt: expiryStartedAt, expiresAt }
}

function quoteView(
  reader: Reader,
  { conversation, quote }: MessageRow,
  nameFor: (id: string) => string | undefined,
): QuoteView | undefined {
  if (quote === undefined) return undefined
  const [found] = findByTime(reader, conversation, quote.author, quote.sentAt)
  const original = found && {
    id: found.id,
    kind: found.kind,
    body: found.body?.slice(0, MAX_QUOTED_LENGTH),
    deleted: found.deleted,
  }
  return { ...quote, authorName: nameFor(quote.author), original }
}

/** Looks each name up once. */
function namesFrom(reader: Reader, own: AccountId): (id: string) => string | undefined {
  const names = new Map<string, string>()
  return id => {
    if (id === own) return undefined
    const name = names.get(id) ?? nameOf(id, findContact(reader, id as AccountId) ?? {})
    names.set(id, name)
    return name
  }
}

function reactionsOf(reader: Reader, ids: string): ReadonlyMap<number, readonly ReactionView[]> {
  const sql = `SELECT message, emoji, sender FROM reactions WHERE message IN (SELECT value FROM json_each(?))
    ORDER BY sent_at, sender`
  const found = new Map<number, Map<string, AccountId[]>>()
  for (const row of reader.all(sql, ids)) {
    const message = numberOf(row, 'message')
    const emojis = found.get(message) ?? new Map<string, AccountId[]>()
    found.set(message, emojis)
    const emoji = textOf(row, 'emoji')
    const senders = emojis.get(emoji) ?? []
    emojis.set(emoji, senders)
    senders.push(textOf(row, 'sender') as AccountId)
  }
  return new Map([...found].map(([id, emojis]) => [id, [...emojis].map(([emoji, senders]) => ({ emoji, senders }))]))
}

function pinnedAmong(reader: Reader, ids: string): ReadonlySet<number> {
  const sql = 'SELECT message FROM pinned_messages WHERE message IN (SELECT value FROM json_each(?))'
  return new Set(reader.all(sql, ids).map(row => numberOf(row, 'message')))
}

interface Attempts {
  readonly failure: string | undefined
  readonly nextTryAt: number | undefined
}

/** What the outbox says of messages that did not reach the recipient yet; copies for own devices do not count. */
function attemptsOf(reader: Reader, ids: string): ReadonlyMap<number, Attempts> {
  const sql = `SELECT message, failure, CASE WHEN failed = 0 AND next_at > 0 THEN next_at END AS next_at FROM outbox
    WHERE copy = 0 AND message IN (SELECT value FROM json_each(?))`
  return new Map(
    reader.all(sql, ids).map(row => {
      const attempts = { failure: optionalText(row, 'failure'), nextTryAt: optionalNumber(row, 'next_at') }
      return [numberOf(row, 'message'), attempts]
    }),
  )
}
