import { useEffect, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { type ConversationWish } from '../messages/index.ts'

/** Quotes the message that a pane beside the conversation wants to be replied to. */
export function useReplyWish(wish: ConversationWish['reply'], onReply: (message: MessageView) => void): void {
  const { client } = useAccount()
  const [from] = useState(() => performance.now())
  useEffect(() => {
    if (wish === undefined || wish.nonce <= from) return
    // A message that is gone cannot be replied to, and its pane says so.
    client.query('messages.get', { message: wish.message }).then(
      message => message !== undefined && onReply(message),
      () => undefined,
    )
  }, [client, from, onReply, wish])
}
