import { uploadAgain } from '../attachments/compose.ts'
import { findContact } from '../contacts/rows.ts'
import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { ClientError } from '../engine/client-error.ts'
import { isAccountConversation } from '../engine/conversation-id.ts'
import { type Feature } from '../engine/feature.ts'
import { type OutboxListener } from '../outbox/outbox-listener.ts'
import { type Tx } from '../store/store.ts'
import { infoOf, type MessageInfo } from './info.ts'
import { type Page, readPage } from './pages.ts'
import { receiveCall, receiveMessage, receiveUnsupported } from './receive.ts'
import { findByHash, findMessage, type MessageRow } from './rows.ts'
import { sendText } from './send.ts'
import { type MessageView, viewsOf } from './views.ts'
import { windowQueries, type WindowQueries } from './window-queries.ts'

/** What is done with messages. `message` is the id of a `MessageView`. */
export interface MessagesCommands {
  /**
   * Sends a text of 1 to 2,000 code points; to a stranger, it accepts them. `id` is made by the caller (1 to 64 characters, the
   * same one again is the same message); `quote` is the message that it replies to. `attachments` are ids of staged files in
   * order, with which the text may be empty; `voice` says that the one of them is a voice message. Returns the id of the message.
   * @throws {AttachmentsError} for files that cannot go together, or not to this person
   */
  'messages.send'(args: {
    id: string
    conversation: string
    body: string
    quote?: number
    attachments?: readonly number[]
    voice?: boolean
  }): { readonly message: number }
  /** Tries again, at once, what was not sent. The message stays the same, to the byte. */
  'messages.resend'(args: { message: number }): void
  /** Takes back what was not sent yet: it is gone. */
  'messages.cancel'(args: { message: number }): void
}

/** What is asked about messages. */
export interface MessagesQueries extends WindowQueries {
  /**
   * A part of a conversation, oldest first: the newest messages, or those before or after the position of a message, or those
   * around one. `limit` is 1 to 100, by default 30.
   */
  'messages.page'(args: {
    conversation: string
    before?: string
    after?: string
    around?: number
    limit?: number
  }): Page<MessageView>
  /** `undefined` if it is not here, or no more. */
  'messages.get'(args: { message: number }): MessageView | undefined
  /** By the hash under which a swarm keeps it: ours, or for own messages the recipient's. `undefined` if it is not here. */
  'messages.find'(args: { hash: string }): MessageView | undefined
  /** @throws {ClientError} `client.unknown-message` */
  'messages.info'(args: { message: number }): MessageInfo
}

const MAX_PAGE = 100
const DEFAULT_PAGE = 30
const MAX_CLIENT_ID = 64
const MAX_ENCLOSED = 100
/** Longer than any text that is accepted, however many units its code points have. */
const MAX_BODY_UNITS = 50_000

const commands: CommandTable<MessagesCommands> = {
  'messages.send': command(
    args => ({
      clientId: requireLength(args.text('id', MAX_CLIENT_ID)),
      conversation: args.conversation('conversation'),
      body: args.text('body', MAX_BODY_UNITS),
      quote: args.optional('quote', each => each.integer('quote')),
      enclosed: {
        attachments: args.optional('attachments', readAttachments) ?? [],
        voice: args.optional('voice', each => each.flag('voice')) ?? false,
      },
    }),
    (composed, context) => ({ message: context.store.write(tx => sendText(tx, composed, context)) }),
  ),
  'messages.resend': command(
    args => args.integer('message'),
    (id, { outbox, store }) => {
      store.write(tx => {
        const { conversation } = requireUnsent(tx, id)
        if (isAccountConversation(conversation) && findContact(tx, conversation)?.blocked === true) {
          throw new ClientError('client.blocked')
        }
        if (!outbox.retry(tx, id) && !uploadAgain(tx, id)) throw new ClientError('client.not-resendable')
        tx.run("UPDATE messages SET state = 'queued', failure = NULL WHERE id = ?", id)
      })
    },
  ),
  'messages.cancel': command(
    args => args.integer('message'),
    (id, { store }) => {
      store.write(tx => {
        requireUnsent(tx, id)
        tx.run('DELETE FROM messages WHERE id = ?', id)
      })
    },
  ),
}

const queries: QueryTable<MessagesQueries> = {
  ...windowQueries,
  'messages.page': query(
    args => ({
      conversation: args.conversation('conversation'),
      before: args.optional('before', each => each.text('before', 200)),
      after: args.optional('after', each => each.text('after', 200)),
      around: args.optional('around', each => each.integer('around')),
      limit: args.optional('limit', each => each.integer('limit', { min: 1, max: MAX_PAGE })) ?? DEFAULT_PAGE,
    }),
    (request, reader, { own }) => {
      const page = readPage(reader, request)
      return { ...page, messages: viewsOf(reader, page.messages, own) }
    },
  ),
  'messages.get': query(
    args => args.integer('message'),
    (id, reader, { own }) => {
      const row = findMessage(reader, id)
      return row && viewsOf(reader, [row], own)[0]
    },
  ),
  'messages.find': query(
    args => args.text('hash', 100),
    (hash, reader, { own }) => {
      const row = findByHash(reader, hash)
      return row && viewsOf(reader, [row], own)[0]
    },
  ),
  'messages.info': query(
    args => args.integer('message'),
    (id, reader) => infoOf(reader, id),
  ),
}

/** What became of a text that was sent. The swarm of the recipient counts; the copy only brings its hash. */
const outbox: OutboxListener = {
  sent: (tx, { hash, isCopy, message, owner }, _, { own }) => {
    if (message === undefined) return
    const column = owner === own ? 'hash' : 'remote_hash'
    tx.run(`UPDATE messages SET ${column} = ? WHERE id = ?`, hash, message)
    if (!isCopy) tx.run("UPDATE messages SET state = 'sent', failure = NULL WHERE id = ?", message)
  },
  failed: (tx, { isCopy, message }, code) => {
    if (message === undefined || isCopy) return
    tx.run("UPDATE messages SET state = 'failed', failure = ? WHERE id = ?", code, message)
  },
}

/** Texts, and what stands in their place where they cannot be shown. */
export const messagesFeature: Feature = {
  name: 'messages',
  content: {
    message: receiveMessage,
    unknown: receiveUnsupported,
    'group-update': receiveUnsupported,
    call: receiveCall,
  },
  outbox,
  commands,
  queries,
}

function requireUnsent(tx: Tx, id: number): MessageRow {
  const message = findMessage(tx, id)
  if (message === undefined) throw new ClientError('client.unknown-message')
  if (message.state !== 'queued' && message.state !== 'failed') throw new ClientError('client.not-resendable')
  return message
}

/** More than can be sent is refused later, with a word about it. */
function readAttachments(args: Arguments): readonly number[] {
  return [...new Set(args.list('attachments', MAX_ENCLOSED, element => element.integer('value')))]
}

function requireLength(text: string): string {
  if (text === '') throw new ClientError('client.bad-arguments')
  return text
}
