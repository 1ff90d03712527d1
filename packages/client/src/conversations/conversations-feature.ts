import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { ensureContact } from '../contacts/rows.ts'
import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { FORGET_TEXTS_JOB, forgetTexts } from './forget-texts-job.ts'
import { type ConversationRow, type ConversationView, conversationRows, viewConversation } from './list.ts'
import { type NotificationMode, notificationModes, setNotifications } from './notification-mode.ts'
import { markRead, markUnread } from './read-marks.ts'
import { clearMessages } from './remove.ts'
import { type Draft, ensureConversation, findConversation, noteActivity } from './rows.ts'

/** What is done with conversations. */
export interface ConversationsCommands {
  /** Begins one with a person, or shows a hidden one again; the own account is for notes to self. */
  'conversations.open'(args: { conversation: string }): void
  /** Everything in it up to this message (default: all) is read. */
  'conversations.mark-read'(args: { conversation: string; upTo?: number }): void
  /** Shows it as unread although nothing new is in it. */
  'conversations.mark-unread'(args: { conversation: string }): void
  'conversations.pin'(args: { conversation: string; pinned: boolean }): void
  /** Takes it off the list until something new comes. */
  'conversations.hide'(args: { conversation: string }): void
  /** Removes all messages, also those not sent yet, and takes it off the list. The contact stays. */
  'conversations.delete'(args: { conversation: string }): void
  /** Removes all messages. */
  'conversations.clear'(args: { conversation: string }): void
  /** `until` is in Unix seconds; 0 ends it. */
  'conversations.mute'(args: { conversation: string; until: number }): void
  /**
   * Spec 50 §5: what the user is told of. `mentions` is not for conversations of two; `until` (Unix seconds) is for `none`,
   * which ends then.
   */
  'conversations.set-notifications'(args: { conversation: string; mode: NotificationMode; until?: number }): void
  /** Keeps what was typed and not sent; an empty text forgets it. `quote` is the message that it replies to. */
  'conversations.set-draft'(args: {
    conversation: string
    text: string
    quote?: { sentAt: number; author: string }
  }): void
}

/** What is asked about conversations. */
export interface ConversationsQueries {
  /** What the left pane shows, in its order. Spec 50 §2.3. */
  'conversations.list'(): readonly ConversationRow[]
  /** `undefined` if there is none. */
  'conversations.get'(args: { conversation: string }): ConversationView | undefined
  /** Unread messages of conversations that are listed and not muted. */
  'conversations.unread'(): { readonly messages: number; readonly conversations: number }
}

const MAX_DRAFT = 20_000
const conversationArgument = (args: Arguments): ConversationId => args.conversation('conversation')

const commands: CommandTable<ConversationsCommands> = {
  'conversations.open': command(conversationArgument, (id, context) => {
    context.store.write(tx => openConversation(tx, id, context))
  }),
  'conversations.mark-read': command(
    args => ({ id: conversationArgument(args), upTo: args.optional('upTo', each => each.integer('upTo')) }),
    ({ id, upTo }, context) => {
      context.store.write(tx => {
        requireConversation(tx, id)
        markRead(tx, id, upTo, context)
      })
    },
  ),
  'conversations.mark-unread': command(conversationArgument, (id, context) => {
    context.store.write(tx => {
      requireConversation(tx, id)
      markUnread(tx, id, context.time.now())
    })
  }),
  'conversations.pin': command(
    args => ({ id: conversationArgument(args), pinned: args.flag('pinned') }),
    ({ id, pinned }, context) => {
      context.store.write(tx => setPriority(tx, id, pinned ? 1 : 0, context))
    },
  ),
  'conversations.hide': command(conversationArgument, (id, context) => {
    context.store.write(tx => setPriority(tx, id, -1, context))
  }),
  'conversations.delete': command(conversationArgument, (id, context) => {
    context.store.write(tx => {
      setPriority(tx, id, -1, context)
      clearMessages(tx, id, context)
      tx.run('UPDATE conversations SET last_activity_at = NULL, draft = NULL WHERE id = ?', id)
      tx.run("DELETE FROM attachments WHERE conversation = ? AND state = 'staged'", id)
    })
  }),
  'conversations.clear': command(conversationArgument, (id, context) => {
    context.store.write(tx => {
      requireConversation(tx, id)
      clearMessages(tx, id, context)
    })
  }),
  'conversations.mute': command(
    args => ({ id: conversationArgument(args), until: args.integer('until') }),
    ({ id, until }, { own, store, time }) => {
      if (id === own) throw new ClientError('client.own-account')
      store.write(tx => {
        requireConversation(tx, id)
        tx.run('UPDATE conversations SET muted_until_seconds = ? WHERE id = ?', until, id)
        recordDecision(tx, { namespace: journalOf.contacts, subject: id, field: '!', value: until }, time.now())
      })
    },
  ),
  'conversations.set-notifications': command(
    args => ({
      id: conversationArgument(args),
      mode: args.word('mode', notificationModes),
      until: args.optional('until', each => each.integer('until')),
    }),
    ({ id, ...change }, context) => {
      context.store.write(tx => setNotifications(tx, id, change, context))
    },
  ),
  'conversations.set-draft': command(readDraft, ({ id, draft }, { store, time }) => {
    store.write(tx => {
      requireConversation(tx, id)
      const sql = `UPDATE conversations SET draft = ?, draft_quote_sent_at = ?, draft_quote_author = ?, draft_updated_at = ?
        WHERE id = ?`
      const quote = draft?.quote
      tx.run(sql, draft?.text ?? null, quote?.sentAt ?? null, quote?.author ?? null, time.now(), id)
    })
  }),
}

const queries: QueryTable<ConversationsQueries> = {
  'conversations.list': query(noArguments, (_, reader, { own }) => conversationRows(reader, own)),
  'conversations.get': query(conversationArgument, (id, reader, { own }) => viewConversation(reader, id, own)),
  'conversations.unread': query(noArguments, (_, reader, { time }) => {
    const sql = `SELECT coalesce(sum(v.unread_count), 0) AS messages, count(*) AS n
      FROM conversations AS v LEFT JOIN contacts AS p ON p.id = v.id
      WHERE (v.unread_count > 0 OR v.forced_unread = 1) AND v.priority >= 0 AND v.muted_until_seconds <= ? AND v.notifications != 2
      AND coalesce(p.blocked, 0) = 0 AND coalesce(p.approved, 1) = 1`
    const row = reader.get(sql, Math.floor(time.now() / 1000)) ?? { messages: 0, n: 0 }
    return { messages: numberOf(row, 'messages'), conversations: numberOf(row, 'n') }
  }),
}

/** The list of conversations, and what the user does with one as a whole. */
export const conversationsFeature: Feature = {
  name: 'conversations',
  jobs: { [FORGET_TEXTS_JOB]: forgetTexts },
  commands,
  queries,
}

function openConversation(tx: Tx, id: ConversationId, { own, time }: EngineContext): void {
  if (!isAccountConversation(id)) throw new ClientError('client.not-supported')
  const now = time.now()
  if (id !== own) ensureContact(tx, id, now)
  ensureConversation(tx, id, id === own ? 'self' : 'contact', now)
  const { lastActivityAt, priority } = findConversation(tx, id) ?? {}
  // Shown in the list before the first message; one with messages stays in its place.
  if (lastActivityAt === undefined) noteActivity(tx, id, now)
  if ((priority ?? 0) < 0) tx.run('UPDATE conversations SET priority = 0 WHERE id = ?', id)
}

function setPriority(tx: Tx, id: ConversationId, priority: number, { own, time }: EngineContext): void {
  requireConversation(tx, id)
  tx.run('UPDATE conversations SET priority = ? WHERE id = ?', priority, id)
  const namespace = id === own ? journalOf.userProfile : journalOf.contacts
  recordDecision(tx, { namespace, subject: id === own ? '' : id, field: '+', value: priority }, time.now())
}

function requireConversation(reader: Reader, id: ConversationId): void {
  if (findConversation(reader, id) === undefined) throw new ClientError('client.unknown-conversation')
}

function readDraft(args: Arguments): { readonly id: ConversationId; readonly draft: Draft | undefined } {
  const id = conversationArgument(args)
  const text = args.text('text', MAX_DRAFT)
  const quote = args.optional('quote', each => {
    const object = each.object('quote')
    return { sentAt: object.integer('sentAt'), author: object.accountId('author') }
  })
  return { id, draft: text === '' ? undefined : { text, quote } }
}
