import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Endpoint, type Socks5Proxy, socks5Handshake } from './socks5.ts'

/** Opens a connection, through a proxy if there is one. On failure nothing stays open. Throws what sockets throw. */
export async function openTcp(
  endpoint: Endpoint,
  proxy: Socks5Proxy | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted()
  const { host, port } = proxy ?? endpoint
  const socket = connect({ host, port, noDelay: true, keepAlive: true })
  try {
    await once(socket, 'connect', { signal })
    if (proxy !== undefined) await socks5Handshake(socket, endpoint, proxy.login, signal)
    return socket
  } catch (cause) {
    discard(socket)
    throw cause
  }
}

/** Closes a socket of which nobody wants to hear any more, not even why it failed. */
export function discard(socket: Socket): void {
  socket.on('error', () => {})
  socket.destroy()
}
