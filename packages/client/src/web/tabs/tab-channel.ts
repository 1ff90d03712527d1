import { ChannelError } from '../../channel/channel-error.ts'
import { type Channel } from '../../channel/channel.ts'
import { Inbox } from '../../channel/inbox.ts'
import { type TabId, type TabMessage } from './tab-messages.ts'

/** The two ends of a channel between tabs, as the end sees them that sends. */
export interface TabRoute {
  readonly from: TabId
  readonly to: TabId
  readonly session: number
}

/** One end of a channel between two tabs, over the group's broadcast. Its group hands in what comes for it. */
export class TabChannel implements Channel {
  readonly #route: TabRoute
  readonly #post: (message: TabMessage) => void
  readonly #inbox = new Inbox()
  #open = true

  constructor(route: TabRoute, post: (message: TabMessage) => void) {
    this.#route = route
    this.#post = post
  }

  /** @throws {ChannelError} `channel.bad-value` for what can't be cloned */
  send(frame: unknown): void {
    if (!this.#open) return
    try {
      this.#post({ kind: 'frame', ...this.#route, frame })
    } catch (cause) {
      throw new ChannelError('channel.bad-value', {}, { cause })
    }
  }

  onFrame(listen: (frame: unknown) => void): void {
    this.#inbox.onFrame(listen)
  }

  onClose(listen: () => void): void {
    this.#inbox.onClose(listen)
  }

  close(): void {
    if (this.#open) this.#post({ kind: 'close', ...this.#route })
    this.end()
  }

  /** A frame from the other tab. */
  take(frame: unknown): void {
    if (this.#open) this.#inbox.take(frame)
  }

  /** The other tab has closed, or is gone. */
  end(): void {
    this.#open = false
    this.#inbox.close()
  }
}
