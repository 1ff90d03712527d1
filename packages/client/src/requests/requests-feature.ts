import { type AccountId } from '@sotto/protocol/account'
import { type Preview, previewOf } from '../conversations/list.ts'
import { removeConversation } from '../conversations/remove.ts'
import { decideContact, findContact, isRequest, nameOf } from '../contacts/rows.ts'
import { type Arguments } from '../engine/arguments.ts'
import { type CommandTable, command, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { numberOf, optionalNumber, optionalText, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { admitStranger, countRequests, receiveFromPeer, receiveResponse } from './receive.ts'
import { sendResponse } from './reply.ts'

/** One person who waits to be accepted. */
export interface RequestRow extends WaitingPerson {
  /** The newest message. */
  readonly preview: Preview | undefined
}

/** Who waits. */
interface WaitingPerson {
  readonly contact: AccountId
  readonly name: string
  /** Unix ms. */
  readonly lastActivityAt: number
  readonly unreadCount: number
}

/** What is done about requests. */
export interface RequestsCommands {
  /** Accepts without a message, and tells them. */
  'requests.accept'(args: { contact: string }): void
  /** Deletes the conversation; the sender is told nothing. */
  'requests.decline'(args: { contact: string }): void
  /** Declines, and hears nothing of them from now on. */
  'requests.block'(args: { contact: string }): void
  /** Declines all. */
  'requests.decline-all'(): void
}

/** What is asked about requests. */
export interface RequestsQueries {
  /** Newest first. */
  'requests.list'(): readonly RequestRow[]
  /** All of them, and those with anything unread. */
  'requests.count'(): { readonly all: number; readonly unread: number }
}

const contactArgument = (args: Arguments): AccountId => args.accountId('contact')

const commands: CommandTable<RequestsCommands> = {
  'requests.accept': command(contactArgument, (contact, context) => {
    context.store.write(tx => {
      requireRequest(tx, contact)
      decideContact(tx, contact, 'approved', true, context.time.now())
      sendResponse(tx, contact, context.nextSentAt(tx), context)
    })
  }),
  'requests.decline': command(contactArgument, (contact, context) => {
    context.store.write(tx => {
      requireRequest(tx, contact)
      decline(tx, contact, context)
    })
  }),
  'requests.block': command(contactArgument, (contact, context) => {
    context.store.write(tx => {
      requireRequest(tx, contact)
      removeConversation(tx, contact, context)
      decideContact(tx, contact, 'blocked', true, context.time.now())
    })
  }),
  'requests.decline-all': command(noArguments, (_, context) => {
    context.store.write(tx => {
      for (const { contact } of listRequests(tx)) decline(tx, contact, context)
    })
  }),
}

const queries: QueryTable<RequestsQueries> = {
  'requests.list': query(noArguments, (_, reader, { own }) =>
    listRequests(reader).map(row => ({ ...row, preview: previewOf(reader, row.contact, own) })),
  ),
  'requests.count': query(noArguments, (_, reader) => ({
    all: countRequests(reader),
    unread: listRequests(reader).filter(({ unreadCount }) => unreadCount > 0).length,
  })),
}

/** Message requests, both ways. Nothing goes out to people that the user has not accepted. Spec 10 §5.7. */
export const requestsFeature: Feature = {
  name: 'requests',
  admit: admitStranger,
  content: {
    message: receiveFromPeer,
    unknown: receiveFromPeer,
    'group-update': receiveFromPeer,
    'request-response': receiveResponse,
  },
  commands,
  queries,
}

/** Whether the user accepts this person, so that something may be sent to them that is no answer: receipts, typing. */
export function mayHear(reader: Reader, id: AccountId, { own }: Pick<EngineContext, 'own'>): boolean {
  const contact = id === own ? undefined : findContact(reader, id)
  return contact?.approved === true && !contact.blocked
}

function requireRequest(reader: Reader, id: AccountId): void {
  const contact = findContact(reader, id)
  if (contact === undefined || !isRequest(contact)) throw new ClientError('client.not-a-request')
}

/** Nothing was decided about this person: who writes again makes a new request. */
function decline(tx: Tx, contact: AccountId, context: EngineContext): void {
  removeConversation(tx, contact, context)
  tx.run('DELETE FROM contacts WHERE id = ?', contact)
}

function listRequests(reader: Reader): readonly WaitingPerson[] {
  const sql = `SELECT p.id, p.name, p.nickname, v.last_activity_at, v.unread_count
    FROM contacts AS p JOIN conversations AS v ON v.id = p.id
    WHERE p.approved = 0 AND p.blocked = 0 AND p.approved_me = 1 ORDER BY v.last_activity_at DESC, p.id`
  return reader.all(sql).map(row => {
    const id = textOf(row, 'id') as AccountId
    return {
      contact: id,
      name: nameOf(id, { name: optionalText(row, 'name'), nickname: optionalText(row, 'nickname') }),
      lastActivityAt: optionalNumber(row, 'last_activity_at') ?? 0,
      unreadCount: numberOf(row, 'unread_count'),
    }
  })
}
