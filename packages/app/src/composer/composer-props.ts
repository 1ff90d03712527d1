import { type ConversationView, type MessageView } from '@sotto/client'

/** `quote` is the message that is replied to. */
export interface ComposerProps {
  readonly conversation: ConversationView
  readonly quote: MessageView | undefined
  readonly onQuoteChange: (quote: MessageView | undefined) => void
}
