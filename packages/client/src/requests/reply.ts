import { type AccountId } from '@sotto/protocol/account'
import { followSentAt } from '../account/account-row.ts'
import { ownProfile } from '../account/own-profile.ts'
import { abilitiesFor } from '../contacts/abilities.ts'
import { decideContact, ensureContact, findContact, isRequest } from '../contacts/rows.ts'
import { ensureConversation, noteActivity } from '../conversations/rows.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { insertMessage } from '../messages/rows.ts'
import { optionalNumber } from '../store/columns.ts'
import { type Tx } from '../store/store.ts'

/** The answer to a request goes this long before the message that it comes with. Spec 10 §5.7. */
const RESPONSE_LEAD_MS = 100

/**
 * Gets ready to send something visible to a person: notes that the user accepts them, answers their request if there is one,
 * and takes a time for what is to be sent (Unix ms, network). For the own account it only takes the time. Spec 10 §5.7.
 * @throws {ClientError} `client.blocked`
 */
export function beginReply(tx: Tx, recipient: AccountId, context: EngineContext): number {
  const { own, time } = context
  const now = time.now()
  if (recipient === own) {
    ensureConversation(tx, own, 'self', now)
    return context.nextSentAt(tx)
  }
  ensureContact(tx, recipient, now)
  ensureConversation(tx, recipient, 'contact', now)
  const contact = findContact(tx, recipient)
  if (contact?.blocked === true) throw new ClientError('client.blocked')
  followSentAt(tx, newestTime(tx, recipient), now)
  const answers = contact !== undefined && isRequest(contact)
  decideContact(tx, recipient, 'approved', true, now)
  const sentAt = context.nextSentAt(tx, answers ? RESPONSE_LEAD_MS : 0)
  if (answers) sendResponse(tx, recipient, sentAt - RESPONSE_LEAD_MS, context)
  return sentAt
}

/** Unix ms of the newest message of a conversation; 0 if there is none. */
function newestTime(tx: Tx, conversation: AccountId): number {
  const row = tx.get('SELECT max(sent_at) AS newest FROM messages WHERE conversation = ?', conversation)
  return row === undefined ? 0 : (optionalNumber(row, 'newest') ?? 0)
}

/**
 * Tells someone that their request is accepted, and shows a line of it. Not for the own devices: they learn it from the config.
 * Spec 10 §5.7, §5.9.
 */
export function sendResponse(tx: Tx, recipient: AccountId, sentAt: number, context: EngineContext): void {
  const content = {
    kind: 'request-response',
    approved: true,
    profile: ownProfile(tx),
    abilities: abilitiesFor(tx, recipient),
    sentAt,
  } as const
  context.outbox.enqueue(tx, { content, recipient, copy: false })
  noteAccepted(tx, { conversation: recipient, sender: context.own, sentAt }, context)
}

/** Who accepted whom, and when. */
export interface Acceptance {
  readonly conversation: AccountId
  readonly sender: AccountId
  readonly sentAt: number
}

/** Shows a line that says that a request was accepted. It has no bytes of its own, and so an empty digest. */
export function noteAccepted(tx: Tx, { conversation, sender, sentAt }: Acceptance, context: EngineContext): void {
  const { own, time } = context
  const now = time.now()
  insertMessage(tx, own, {
    conversation,
    sender,
    sentAt,
    digest: new Uint8Array(0),
    outgoing: sender === own,
    kind: 'request-accepted',
    state: sender === own ? 'sent' : 'received',
    receivedAt: now,
  })
  noteActivity(tx, conversation, Math.min(sentAt, now))
}
