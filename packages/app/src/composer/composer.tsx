import { type ReactNode } from 'react'
import { type ConversationView, type MessageView } from '@sotto/client'

export function Composer(_: { readonly conversation: ConversationView; readonly quote: MessageView | undefined; readonly onQuoteChange: (quote: MessageView | undefined) => void }): ReactNode {
  return null
}
