import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { bodyLength } from './outgoing-body.ts'
import type { RemoteAddress } from './remote-address.ts'
import type { RequestHeaders, ServerReply } from './route.ts'

/** A connection that asks for another protocol, such as WebSocket. */
export interface Upgrade {
  /** As it came, without the query. */
  readonly path: string
  readonly headers: RequestHeaders
  /** Who is at the other end. For limits only. */
  readonly peer: RemoteAddress
  /** What libraries that speak the other protocol begin with. */
  readonly incoming: IncomingMessage
  readonly socket: Duplex
  /** What the client has sent of the other protocol already. */
  readonly head: Buffer
}

/**
 * Takes a connection over, and answers it in the other protocol; or gives the reply with which it is refused. What was taken
 * still counts among the connections of the listener, which ends it when it stops: end it before that.
 */
export type TakeUpgrade = (upgrade: Upgrade) => ServerReply | undefined

/** Answers by HTTP/1.1 and closes the connection. */
export function refuseUpgrade(socket: Duplex, { status, headers = {}, body }: ServerReply): void {
  if (!socket.writable) return void socket.destroy()
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    `content-length: ${bodyLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.once('finish', () => socket.destroy())
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.end(body)
}
