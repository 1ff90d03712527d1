import { type AccountId } from '@sotto/protocol/account'
import { type Expiry, type ExpiryMode } from '@sotto/protocol/message'
import { type MessageHash } from '@sotto/protocol/storage'
import { type ConversationId } from '../engine/conversation-id.ts'
import { bury, isBuried } from '../inbox/seen.ts'
import { bytesOf, flagOf, numberOf, optionalBytes, optionalNumber, optionalText, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'

/**
 * What a row shows: `text` (also with attachments), what cannot be shown yet, or a line of a feature: its word, with what it
 * says in `data`.
 */
export type MessageKind = 'text' | 'unsupported' | (string & {})

/** Where a message is: on its way, stored by the network, given up, or here from someone else. */
export type MessageState = 'queued' | 'sent' | 'failed' | 'received'

/** A message as it is kept. Times are Unix ms. */
export interface MessageRow {
  readonly id: number
  readonly conversation: ConversationId
  readonly sender: AccountId
  readonly sentAt: number
  readonly digest: Uint8Array
  readonly outgoing: boolean
  readonly kind: MessageKind
  readonly state: MessageState
  /** Why the last attempt failed: a code. */
  readonly failure: string | undefined
  readonly hash: MessageHash | undefined
  readonly remoteHash: MessageHash | undefined
  readonly receivedAt: number
  readonly networkExpiry: number | undefined
  readonly body: string | undefined
  readonly quote: { readonly sentAt: number; readonly author: string } | undefined
  readonly mentionsMe: boolean
  readonly unread: boolean
  readonly readAt: number | undefined
  readonly expiryMode: ExpiryMode
  readonly expirySeconds: number
  readonly expiryStartedAt: number | undefined
  readonly expiresAt: number | undefined
  readonly deleted: 'no' | 'here' | 'everywhere'
  /** Plain data of the feature that the kind belongs to. */
  readonly data: unknown
  /** The serialised content, where the rest does not say all of it. */
  readonly content: Uint8Array | undefined
}

/** A message to be kept. */
export interface NewMessage {
  readonly conversation: ConversationId
  readonly sender: AccountId
  readonly sentAt: number
  readonly digest: Uint8Array
  readonly outgoing: boolean
  readonly kind: MessageKind
  readonly state: MessageState
  readonly receivedAt: number
  readonly clientId?: string | undefined
  readonly hash?: MessageHash | undefined
  readonly networkExpiry?: number | undefined
  readonly body?: string | undefined
  readonly quote?: { readonly sentAt: number; readonly author: string } | undefined
  readonly mentionsMe?: boolean
  readonly unread?: boolean
  readonly expiry?: Expiry | undefined
  readonly data?: unknown
  readonly content?: Uint8Array | undefined
}

/**
 * Keeps a message. `undefined` if it is here already (from another device, another member, or sealed anew), or was here and
 * was removed.
 */
export function insertMessage(tx: Tx, own: AccountId, message: NewMessage): number | undefined {
  if (isBuried(tx, own, message)) return undefined
  const { changes, lastId } = tx.run(
    `INSERT OR IGNORE INTO messages (conversation, sender, sent_at, digest, outgoing, kind, state, received_at, client_id,
      hash, network_expiry, body, quote_sent_at, quote_author, mentions_me, unread, expiry_mode, expiry_seconds, data, content)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.conversation,
    message.sender,
    message.sentAt,
    message.digest,
    message.outgoing ? 1 : 0,
    message.kind,
    message.state,
    message.receivedAt,
    message.clientId ?? null,
    message.hash ?? null,
    message.networkExpiry ?? null,
    message.body ?? null,
    message.quote?.sentAt ?? null,
    message.quote?.author ?? null,
    message.mentionsMe === true ? 1 : 0,
    message.unread === true ? 1 : 0,
    message.expiry?.mode ?? 'off',
    message.expiry?.timerSeconds ?? 0,
    message.data === undefined ? null : JSON.stringify(message.data),
    message.content ?? null,
  )
  return changes > 0 ? lastId : undefined
}

/** Whether it is a message of someone, and not a line about something. */
export function isMessage({ kind }: Pick<MessageRow, 'kind'>): boolean {
  return kind === 'text' || kind === 'unsupported'
}

/** `undefined` for one that is not here, or no more. */
export function findMessage(reader: Reader, id: number): MessageRow | undefined {
  const row = reader.get('SELECT * FROM messages WHERE id = ?', id)
  return row && messageOfRow(row)
}

/** The messages of a sender with a time: nearly always one. This is how others refer to a message. */
export function findByTime(
  reader: Reader,
  conversation: ConversationId,
  sender: string,
  sentAt: number,
): readonly MessageRow[] {
  const sql = 'SELECT * FROM messages WHERE conversation = ? AND sent_at = ? AND sender = ? ORDER BY digest'
  return reader.all(sql, conversation, sentAt, sender).map(messageOfRow)
}

/** By the hash in the own swarm or in that of the recipient. */
export function findByHash(reader: Reader, hash: string): MessageRow | undefined {
  const row = reader.get('SELECT * FROM messages WHERE hash = ? OR remote_hash = ?', hash, hash)
  return row && messageOfRow(row)
}

/** Removes a message without a trace but the one that keeps it from coming back until a time (Unix ms). */
export function removeMessage(tx: Tx, own: AccountId, message: MessageRow, until: number): void {
  bury(tx, own, message, until)
  tx.run('DELETE FROM messages WHERE id = ?', message.id)
}

/** Takes the columns of `messages`. */
export function messageOfRow(row: SqlRow): MessageRow {
  const quoteSentAt = optionalNumber(row, 'quote_sent_at')
  const quoteAuthor = optionalText(row, 'quote_author')
  const data = optionalText(row, 'data')
  return {
    id: numberOf(row, 'id'),
    conversation: textOf(row, 'conversation') as ConversationId,
    sender: textOf(row, 'sender') as AccountId,
    sentAt: numberOf(row, 'sent_at'),
    digest: bytesOf(row, 'digest'),
    outgoing: flagOf(row, 'outgoing'),
    kind: textOf(row, 'kind'),
    state: textOf(row, 'state') as MessageState,
    failure: optionalText(row, 'failure'),
    hash: optionalText(row, 'hash') as MessageHash | undefined,
    remoteHash: optionalText(row, 'remote_hash') as MessageHash | undefined,
    receivedAt: numberOf(row, 'received_at'),
    networkExpiry: optionalNumber(row, 'network_expiry'),
    body: optionalText(row, 'body'),
    quote:
      quoteSentAt === undefined || quoteAuthor === undefined ? undefined : { sentAt: quoteSentAt, author: quoteAuthor },
    mentionsMe: flagOf(row, 'mentions_me'),
    unread: flagOf(row, 'unread'),
    readAt: optionalNumber(row, 'read_at'),
    expiryMode: textOf(row, 'expiry_mode') as ExpiryMode,
    expirySeconds: numberOf(row, 'expiry_seconds'),
    expiryStartedAt: optionalNumber(row, 'expiry_started_at'),
    expiresAt: optionalNumber(row, 'expires_at'),
    deleted: textOf(row, 'deleted') as MessageRow['deleted'],
    data: data === undefined ? undefined : JSON.parse(data),
    content: optionalBytes(row, 'content'),
  }
}
