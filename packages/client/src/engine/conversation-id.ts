import { AccountError, type AccountId, type GroupId, parseAccountId, parseGroupId } from '@sotto/protocol/account'
import { ClientError } from './client-error.ts'

/**
 * What one talks in: the account of the other person, one's own account for notes to self, or a group. Rooms of communities
 * will have a form of their own.
 */
export type ConversationId = AccountId | GroupId

/**
 * Reads the id of a conversation given by a person or another process.
 * @throws {ClientError} `client.bad-conversation`
 */
export function parseConversationId(text: string): ConversationId {
  try {
    return text.startsWith('03') ? parseGroupId(text) : parseAccountId(text)
  } catch (cause) {
    if (cause instanceof AccountError)
      throw new ClientError('client.bad-conversation', { length: text.length }, { cause })
    throw cause
  }
}

/** Whether a conversation is one with a person, or with oneself. */
export function isAccountConversation(id: ConversationId): id is AccountId {
  return id.startsWith('05')
}
