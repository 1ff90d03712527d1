import { createContext, useContext } from 'react'
import { type ConversationView, type MessageView, type QuoteView } from '@sotto/client'
import { type Formats } from './formats.ts'

/** Where a menu opens, in CSS pixels of the window. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A link as it stands in a text, and where it leads. */
export interface ShownLink {
  readonly text: string
  readonly url: string
}

/** What can be done with messages. None of these changes while a conversation is shown. */
export interface MessageActions {
  reply(message: MessageView): void
  copy(message: MessageView): void
  /** Their texts, below each other. */
  copyAll(messages: readonly MessageView[]): void
  forward(messages: readonly MessageView[]): void
  pin(message: MessageView, pinned: boolean): void
  /** Its files, as far as they are here. */
  save(message: MessageView): void
  showDetails(message: MessageView): void
  select(message: MessageView): void
  remove(messages: readonly MessageView[]): void
  resend(message: MessageView): void
  cancel(message: MessageView): void
  /** Puts a reaction there, or takes the own one away. */
  react(message: MessageView, emoji: string): void
  showReactions(message: MessageView): void
  showMenu(message: MessageView, point: Point, link?: ShownLink): void
  goToQuoted(quote: QuoteView): void
  openLink(link: ShownLink): void
  copyLink(link: ShownLink): void
  showPerson(account: string): void
  follow(message: MessageView): void
}

/** What every message of a conversation is shown with. */
export interface MessagesShared {
  readonly own: string
  readonly conversation: Pick<ConversationView, 'id' | 'kind' | 'name' | 'blocked' | 'request' | 'expiry'>
  /** What to call the other person, or the place for notes. */
  readonly name: string
  readonly formats: Formats
  readonly actions: MessageActions
}

/** Above everything that shows messages. */
export const MessagesContext = createContext<MessagesShared | undefined>(undefined)

/** What the conversation above shows its messages with. */
export function useMessages(): MessagesShared {
  const shared = useContext(MessagesContext)
  if (shared === undefined) throw new Error('there is no conversation above this component')
  return shared
}
