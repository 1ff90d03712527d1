import { type ConversationId } from '../engine/conversation-id.ts'

/** The columns of what is found, of `messages AS m`. */
export const COLUMNS = 'm.id, m.conversation, m.sender, m.outgoing, m.sent_at, m.body'
/** Leaves out what comes from people who are blocked. */
export const NOT_BLOCKED = 'NOT EXISTS (SELECT 1 FROM contacts AS p WHERE p.id = m.sender AND p.blocked = 1)'

/** Where to look, and how many messages are wanted at most. */
export interface Wanted<Where = ConversationId | undefined> {
  readonly conversation: Where
  readonly limit: number
}
