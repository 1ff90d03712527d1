import { type ContentKind } from '@sotto/protocol/message'
import { decideContact, ensureContact, findContact, isRequest } from '../contacts/rows.ts'
import { ensureConversation } from '../conversations/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Received } from '../engine/feature.ts'
import { type ClientLimits } from '../engine/limits.ts'
import { numberOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { noteFirstRequest } from './first-request.ts'
import { noteAccepted } from './reply.ts'

/** What a stranger can begin a conversation with. Of anything else from strangers nothing is kept. */
const beginnings: ReadonlySet<ContentKind> = new Set(['message', 'unknown', 'group-update'])

/** Keeps strangers out beyond what a person can look through, and from anything that is not for strangers. Spec 70 H4. */
export function admitStranger(tx: Tx, received: Received, { limits }: EngineContext): boolean {
  const { content, fromSelf, sender } = received
  if (fromSelf) return true
  const contact = findContact(tx, sender)
  if (contact?.approved === true) return true
  if (contact === undefined || !isRequest(contact)) {
    return beginnings.has(content.kind) && countRequests(tx) < limits.requests
  }
  return hasRoom(tx, received, limits)
}

/** The sender accepts us: whoever writes does. Spec 10 §5.7. */
export function receiveFromPeer(tx: Tx, received: Received, context: EngineContext): void {
  const { fromSelf, conversation, receivedAt, sender, sentAt } = received
  ensureConversation(tx, conversation, conversation === context.own ? 'self' : 'contact', receivedAt)
  if (conversation === context.own) return
  ensureContact(tx, conversation, receivedAt)
  if (fromSelf) {
    decideContact(tx, conversation, 'approved', true, receivedAt) // another device of ours has written to them
    return
  }
  if (!decideContact(tx, sender, 'approved_me', true, receivedAt)) return
  if (findContact(tx, sender)?.approved === true) noteAccepted(tx, { conversation, sender, sentAt }, context)
  else if (countRequests(tx) === 1) noteFirstRequest(tx, sender)
}

/** An answer that nobody asked for says nothing. Spec 10 §5.7. */
export function receiveResponse(tx: Tx, received: Received<'request-response'>, context: EngineContext): void {
  const { content, fromSelf, sender } = received
  if (fromSelf || !content.approved || findContact(tx, sender)?.approved !== true) return
  receiveFromPeer(tx, received, context)
}

/** How many people wait to be accepted. */
export function countRequests(reader: Reader): number {
  const sql = 'SELECT count(*) AS n FROM contacts WHERE approved = 0 AND blocked = 0 AND approved_me = 1'
  return numberOf(reader.get(sql) ?? { n: 0 }, 'n')
}

function hasRoom(reader: Reader, { conversation, size }: Received, limits: ClientLimits): boolean {
  const sql = `SELECT count(*) AS n, coalesce(sum(length(body) + coalesce(length(content), 0)), 0) AS bytes
    FROM messages WHERE conversation = ?`
  const row = reader.get(sql, conversation) ?? { n: 0, bytes: 0 }
  return numberOf(row, 'n') < limits.requestMessages && numberOf(row, 'bytes') + size <= limits.requestBytes
}
