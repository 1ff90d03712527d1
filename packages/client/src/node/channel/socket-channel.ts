import { type Socket } from 'node:net'
import { ChannelError } from '../../channel/channel-error.ts'
import { type Channel } from '../../channel/channel.ts'
import { encodeChannelFrame } from '../../channel/frame-codec.ts'
import { FrameReader } from '../../channel/frame-reader.ts'
import { Inbox } from '../../channel/inbox.ts'

/** What may wait for a side that does not read. */
const maxUnsentBytes = 64 * 1024 * 1024

/**
 * A channel over a connected socket. Bytes that are no frames end it, and so does a side that asks and does not read.
 * `send` throws `ChannelError` `channel.bad-value` or `channel.too-large` and nothing is sent then.
 */
export function socketChannel(socket: Socket): Channel {
  const inbox = new Inbox()
  const reader = new FrameReader()
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of reader.push(new Uint8Array(chunk))) inbox.take(frame)
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('end', () => socket.destroy())
  socket.on('close', () => inbox.close())
  return {
    send: frame => {
      if (socket.destroyed || socket.writableEnded) return
      socket.write(encodeChannelFrame(frame))
      if (socket.writableLength > maxUnsentBytes) socket.destroy()
    },
    onFrame: listen => inbox.onFrame(listen),
    onClose: listen => inbox.onClose(listen),
    close: () => {
      socket.end()
      inbox.close()
    },
  }
}
