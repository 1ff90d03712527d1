import { type MessageView } from '@sotto/client'

export const own = `05${'1'.repeat(64)}`
export const other = `05${'2'.repeat(64)}`

/** A message with only that of it said which matters to a test. */
export function messageView(id: number, said: Partial<MessageView> = {}): MessageView {
  const outgoing = said.outgoing ?? false
  return {
    id,
    position: String(id).padStart(8, '0'),
    conversation: other as MessageView['conversation'],
    hash: undefined,
    sender: (outgoing ? own : other) as MessageView['sender'],
    senderName: outgoing ? undefined : 'Ann',
    outgoing,
    sentAt: id * 1000,
    receivedAt: id * 1000,
    kind: 'text',
    state: outgoing ? 'sent' : 'received',
    failure: undefined,
    nextTryAt: undefined,
    body: `message ${id}`,
    attachments: [],
    mentions: [],
    mentionsMe: false,
    quote: undefined,
    reactions: [],
    unread: false,
    pinned: false,
    readAt: undefined,
    expiry: undefined,
    deleted: 'no',
    data: undefined,
    hasMore: false,
    ...said,
  }
}
