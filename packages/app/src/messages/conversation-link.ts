import { useSyncExternalStore } from 'react'

/** What panes beside a conversation want of it. */
export interface ConversationWish {
  readonly conversation: string
  /** A message to be seen; `nonce` tells two wishes to see the same one apart. */
  readonly focus: { readonly message: number; readonly nonce: number } | undefined
  /** By message: the pieces of its text that were searched for. */
  readonly marks: ReadonlyMap<number, readonly string[]>
  /** A message that is to be replied to. */
  readonly reply: { readonly message: number; readonly nonce: number } | undefined
}

const noMarks: ReadonlyMap<number, readonly string[]> = new Map()

/** Hands wishes over from one pane to the other. */
class ConversationLink {
  readonly #listeners = new Set<() => void>()
  #wish: ConversationWish | undefined

  readonly get = (): ConversationWish | undefined => this.#wish

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly show = (conversation: string, message: number): void => {
    this.#change(conversation, { focus: { message, nonce: performance.now() } })
  }

  readonly reply = (conversation: string, message: number): void => {
    this.#change(conversation, { reply: { message, nonce: performance.now() } })
  }

  readonly mark = (conversation: string, marks: ReadonlyMap<number, readonly string[]>): void => {
    this.#change(conversation, { marks })
  }

  #change(conversation: string, changes: Partial<ConversationWish>): void {
    const before = this.#wish?.conversation === conversation ? this.#wish : undefined
    this.#wish = { focus: undefined, marks: noMarks, reply: undefined, ...before, ...changes, conversation }
    for (const listener of this.#listeners) listener()
  }
}

/** The way from the pane beside a conversation to it. */
export const conversationLink = new ConversationLink()

/** What is wanted of this conversation. */
export function useConversationWish(conversation: string): ConversationWish | undefined {
  const wish = useSyncExternalStore(conversationLink.subscribe, conversationLink.get)
  return wish?.conversation === conversation ? wish : undefined
}
