import { Inbox } from '../channel/inbox.ts'
import { type Channel } from '../channel/channel.ts'

/** Two ends of a channel in one thread. Frames arrive in a later turn, as over any other channel, and are cloned by `clone`. */
export function channelPair(clone: (frame: unknown) => unknown): readonly [Channel, Channel] {
  const inboxes = [new Inbox(), new Inbox()] as const
  const close = (): void => {
    for (const inbox of inboxes) void Promise.resolve().then(() => inbox.close())
  }
  let open = true
  const end = (to: Inbox, from: Inbox): Channel => ({
    send: frame => {
      const copy = clone(frame)
      if (open) void Promise.resolve().then(() => to.take(copy))
    },
    onFrame: listen => from.onFrame(listen),
    onClose: listen => from.onClose(listen),
    close: () => {
      open = false
      close()
    },
  })
  return [end(inboxes[1], inboxes[0]), end(inboxes[0], inboxes[1])]
}
