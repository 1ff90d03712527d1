import { useEffect, useState } from 'react'
import { type ConversationView, type MessageView, type TypedClient } from '@sotto/client'
import { useAccount } from '../core/index.ts'

/** Once, when the conversation opens: stages the message again that the kept text replies to. */
export function useDraftQuote(conversation: ConversationView, onQuote: (quote: MessageView) => void): void {
  const { client } = useAccount()
  const [{ id, draftQuote }] = useState(conversation)
  const [stage] = useState(() => onQuote)
  useEffect(() => {
    if (draftQuote === undefined) return undefined
    let current = true
    const take = (quote: MessageView | undefined): void => {
      if (current && quote !== undefined) stage(quote)
    }
    findMessage(client, id, draftQuote).then(take, () => undefined)
    return () => {
      current = false
    }
  }, [client, id, draftQuote, stage])
}

async function findMessage(
  client: TypedClient,
  conversation: string,
  { sentAt, author }: NonNullable<ConversationView['draftQuote']>,
): Promise<MessageView | undefined> {
  const place = await client.query('messages.at-date', { conversation, at: sentAt })
  const message = place && (await client.query('messages.get', { message: place.message }))
  return message?.sentAt === sentAt && message.sender === author ? message : undefined
}
