import { ChannelError } from './channel-error.ts'
import { type Channel } from './channel.ts'
import { Inbox } from './inbox.ts'

/** The part of a `MessagePort` that is used here: those of browsers and of Node fit, and a dedicated worker's scope. */
export interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  start?(): void
  close?(): void
}

const goodbye = 'sotto:close'

/**
 * A channel over a port of the same program; frames are cloned, and `send` throws `ChannelError` `channel.bad-value` for what
 * can't be. A port whose other side dies says nothing: whoever owns the
 * channel notices by other means and closes it.
 */
export function portChannel(port: MessagePortLike): Channel {
  const inbox = new Inbox()
  let open = true
  const end = (): void => {
    if (!open) return
    open = false
    port.removeEventListener('message', take)
    port.close?.()
    inbox.close()
  }
  const take = ({ data }: { readonly data: unknown }): void => (data === goodbye ? end() : inbox.take(data))
  port.addEventListener('message', take)
  port.start?.()
  return {
    send: frame => {
      if (open) post(port, frame)
    },
    onFrame: listen => inbox.onFrame(listen),
    onClose: listen => inbox.onClose(listen),
    close: () => {
      if (open) port.postMessage(goodbye)
      end()
    },
  }
}

function post(port: MessagePortLike, frame: unknown): void {
  try {
    port.postMessage(frame)
  } catch (cause) {
    throw new ChannelError('channel.bad-value', {}, { cause })
  }
}
