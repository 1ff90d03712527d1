import { findContact } from '../contacts/rows.ts'
import { ClientError } from '../engine/client-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { AttachmentsError } from './attachments-error.ts'

/**
 * Files go only to people who have accepted this account, and to oneself; answering a request with one is fine. Spec 50, trap 13.
 * @throws {AttachmentsError} `attachments.not-approved`
 * @throws {ClientError} `client.not-supported`, `client.blocked`
 */
export function requireApproved(reader: Reader, conversation: ConversationId, { own }: EngineContext): void {
  if (!isAccountConversation(conversation)) throw new ClientError('client.not-supported')
  if (conversation === own) return
  const contact = findContact(reader, conversation)
  if (contact?.blocked === true) throw new ClientError('client.blocked')
  if (contact?.approvedMe !== true) throw new AttachmentsError('attachments.not-approved')
}
