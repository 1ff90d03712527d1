import { connect } from 'node:net'
import { ChannelError } from '../../channel/channel-error.ts'
import { type Channel } from '../../channel/channel.ts'
import { socketChannel } from './socket-channel.ts'
import { socketPath } from './socket-path.ts'

/**
 * Connects to the process that has the account in this folder open.
 * @throws {ChannelError} `channel.unreachable` if there is none; the signal's reason once that aborts
 */
export async function connectAccount(accountFolder: string, signal?: AbortSignal): Promise<Channel> {
  signal?.throwIfAborted()
  const socket = connect(socketPath(accountFolder))
  const connected = Promise.withResolvers<void>()
  const abort = (): void => connected.reject(signal?.reason)
  socket.once('connect', connected.resolve)
  socket.once('error', cause => connected.reject(new ChannelError('channel.unreachable', {}, { cause })))
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await connected.promise
    return socketChannel(socket)
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
