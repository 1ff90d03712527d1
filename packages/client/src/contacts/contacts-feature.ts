import { type AccountId, parseDisplayName } from '@sotto/protocol/account'
import { removeConversation } from '../conversations/remove.ts'
import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature, type Received } from '../engine/feature.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { receiveAbilities } from './abilities.ts'
import { receiveProfile } from './profile.ts'
import { type Contact, contactOfRow, decideContact, ensureContact, findContact, isRequest, nameOf } from './rows.ts'

/** A person as shown. */
export interface ContactView extends Contact {
  /** What to call them: never empty. */
  readonly shownName: string
}

/** What is done with people. */
export interface ContactsCommands {
  /** 1 to 100 bytes when trimmed; without one, or an empty one, the nickname is taken away. */
  'contacts.set-nickname'(args: { contact: string; nickname?: string }): void
  /** Nothing of them is taken in any more, and nothing is sent to them. */
  'contacts.block'(args: { contact: string }): void
  'contacts.unblock'(args: { contact: string }): void
  /** With everything that was said; who writes again makes a new request. */
  'contacts.delete'(args: { contact: string }): void
}

/** What is asked about people. */
export interface ContactsQueries {
  /** People whom the user accepts, by name. */
  'contacts.list'(): readonly ContactView[]
  /**
   * Whom a conversation can be begun with, by name: also people whom the user has not written to yet. Who waits to be accepted
   * is among the requests, not here. Spec 50 §2.7.
   */
  'contacts.candidates'(): readonly ContactView[]
  'contacts.blocked'(): readonly ContactView[]
  /** `undefined` for someone whom this account never met. */
  'contacts.get'(args: { contact: string }): ContactView | undefined
}

const contactArgument = (args: Arguments): AccountId => args.accountId('contact')

const commands: CommandTable<ContactsCommands> = {
  'contacts.set-nickname': command(
    args => ({
      contact: contactArgument(args),
      nickname: args.optional('nickname', each => each.text('nickname', 1000)),
    }),
    ({ contact, nickname }, context) => {
      const parsed = nickname === undefined || nickname.trim() === '' ? null : parseDisplayName(nickname)
      context.store.write(tx => {
        requireContact(tx, contact)
        decideContact(tx, contact, 'nickname', parsed, context.time.now())
      })
    },
  ),
  'contacts.block': command(contactArgument, (contact, context) => {
    context.store.write(tx => setBlocked(tx, contact, true, context))
  }),
  'contacts.unblock': command(contactArgument, (contact, context) => {
    context.store.write(tx => setBlocked(tx, contact, false, context))
  }),
  'contacts.delete': command(contactArgument, (contact, context) => {
    const { store, time } = context
    store.write(tx => {
      requireContact(tx, contact)
      removeConversation(tx, contact, context)
      tx.run('DELETE FROM contacts WHERE id = ?', contact)
      recordDecision(tx, { namespace: journalOf.contacts, subject: contact, field: '', value: null }, time.now())
    })
  }),
}

const queries: QueryTable<ContactsQueries> = {
  'contacts.list': query(noArguments, (_, reader) =>
    listContacts(reader, 'SELECT * FROM contacts WHERE approved = 1 AND blocked = 0'),
  ),
  'contacts.candidates': query(noArguments, (_, reader) =>
    listContacts(reader, 'SELECT * FROM contacts WHERE blocked = 0 AND (approved = 1 OR approved_me = 0)'),
  ),
  'contacts.blocked': query(noArguments, (_, reader) =>
    listContacts(reader, 'SELECT * FROM contacts WHERE blocked = 1'),
  ),
  'contacts.get': query(contactArgument, (id, reader) => {
    const contact = findContact(reader, id)
    return contact && viewOf(contact)
  }),
}

/** People: what they are called, and whether they are let in. */
export const contactsFeature: Feature = {
  name: 'contacts',
  admit: (tx, { sender }: Received) => findContact(tx, sender)?.blocked !== true,
  content: {
    message: receiveSender,
    reaction: receiveSender,
    'expiry-change': receiveProfile,
    'group-update': receiveProfile,
    'request-response': receiveSender,
  },
  commands,
  queries,
}

function receiveSender(tx: Tx, received: Received<'message' | 'reaction' | 'request-response'>): void {
  receiveProfile(tx, received)
  receiveAbilities(tx, received)
}

/** Also someone who never wrote can be blocked. What waits to be sent to them is held back. */
function setBlocked(tx: Tx, contact: AccountId, blocked: boolean, { own, time }: EngineContext): void {
  if (contact === own) throw new ClientError('client.own-account')
  const now = time.now()
  if (blocked) ensureContact(tx, contact, now)
  else requireContact(tx, contact)
  decideContact(tx, contact, 'blocked', blocked, now)
  if (blocked) holdBack(tx, contact)
  const known = findContact(tx, contact)
  // Whoever is let in again was not a stranger.
  if (!blocked && known !== undefined && isRequest(known)) decideContact(tx, contact, 'approved', true, now)
}

/** Texts can be sent again when the contact is let in; the rest was only good for its time. */
function holdBack(tx: Tx, contact: AccountId): void {
  tx.run('DELETE FROM outbox WHERE owner = ? AND message IS NULL', contact)
  tx.run("UPDATE outbox SET failed = 1, failure = 'outbox.blocked' WHERE owner = ? AND failed = 0", contact)
  const sql =
    "UPDATE messages SET state = 'failed', failure = 'outbox.blocked' WHERE conversation = ? AND state = 'queued'"
  tx.run(sql, contact)
}

function requireContact(reader: Reader, id: AccountId): Contact {
  const contact = findContact(reader, id)
  if (contact === undefined) throw new ClientError('client.unknown-contact')
  return contact
}

function listContacts(reader: Reader, sql: string): readonly ContactView[] {
  const views = reader.all(sql).map(row => viewOf(contactOfRow(row)))
  return views.toSorted((a, b) => a.shownName.localeCompare(b.shownName) || (a.id < b.id ? -1 : 1))
}

function viewOf(contact: Contact): ContactView {
  return { ...contact, shownName: nameOf(contact.id, contact) }
}
