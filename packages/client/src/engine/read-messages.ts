import { type ConversationId } from './conversation-id.ts'

/** Messages of others that the user has read just now on this device. */
export interface ReadMessages {
  readonly conversation: ConversationId
  /** Unix ms, network. */
  readonly readAt: number
  /** Rows in `messages`, in no order; never none. */
  readonly messages: readonly ReadMessage[]
}

/** One of them. */
interface ReadMessage {
  readonly id: number
  /** Unix ms: how its sender knows it. */
  readonly sentAt: number
}
