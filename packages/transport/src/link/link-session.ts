import { type Exchange } from './exchange.ts'

/** One open connection of a link, whatever is spoken on it. */
export interface LinkSession {
  /** Sends a request that has not been sent, and ends it with the reply or without. */
  carry(exchange: Exchange): void
  /** Calls back if the other side answers. */
  ping(onPong: () => void): void
  /** Closes the connection at once. */
  destroy(): void
}

/** What a link wants to know of its connection. */
export interface SessionEvents {
  /** The other side takes nothing new; what it has is still answered. */
  readonly onRetire: () => void
  /** Called once. Whatever has not ended never will. */
  readonly onClose: () => void
}
