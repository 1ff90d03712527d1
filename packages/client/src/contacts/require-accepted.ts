import { type AccountId } from '@sotto/protocol/account'
import { ClientError } from '../engine/client-error.ts'
import { type ConversationId, isAccountConversation } from '../engine/conversation-id.ts'
import { type Reader } from '../store/store.ts'
import { findContact } from './rows.ts'

/**
 * With whom a conversation is, if things can be sent there that are no answer to a request: to people whom the user has
 * accepted, and to oneself.
 * @throws {ClientError} `client.not-supported`, `client.unknown-contact`, `client.blocked`
 */
export function requireAccepted(reader: Reader, conversation: ConversationId, own: AccountId): AccountId {
  if (!isAccountConversation(conversation)) throw new ClientError('client.not-supported')
  if (conversation === own) return own
  const contact = findContact(reader, conversation)
  if (contact?.blocked === true) throw new ClientError('client.blocked')
  if (contact?.approved !== true) throw new ClientError('client.unknown-contact')
  return conversation
}
