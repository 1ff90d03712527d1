/** What became of an own message. */
export type LineState = 'queued' | 'sent' | 'read' | 'failed' | 'received'

/** One message, or one notice between messages. Texts are as they came. */
export interface ChatLine {
  readonly id: number
  readonly mine: boolean
  /** Undefined for a notice. */
  readonly author: string | undefined
  /** Unix ms. */
  readonly sentAt: number
  readonly text: string
  readonly state: LineState
  /** The beginning of what it answers to. */
  readonly quote?: string | undefined
  /** Emoji with their number, as `❤ 2`. */
  readonly reactions?: readonly string[] | undefined
}

/** Everything that the screen of a conversation shows. */
export interface ChatState {
  readonly title: string
  /** One line about how we are connected. */
  readonly status: string
  /** Oldest first. */
  readonly lines: readonly ChatLine[]
  readonly peerTypes: boolean
  /** Rows of the history below the screen; 0 shows the newest. */
  readonly scroll: number
  /** What is being written, character by character. */
  readonly draft: readonly string[]
  /** Before which character of the draft the cursor stands. */
  readonly cursor: number
}

/** An empty screen. */
export function newChat(title: string): ChatState {
  return { title, status: '', lines: [], peerTypes: false, scroll: 0, draft: [], cursor: 0 }
}
