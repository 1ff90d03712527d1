import { type TLSSocket } from 'node:tls'
import {
  LINK_CAPABILITY,
  LINK_PROTOCOL,
  type LinkFrame,
  LinkFrameReader,
  type LinkMessage,
  LinkOutbox,
} from '@sotto/protocol/link'
import { type LinkTarget } from '@sotto/transport'
import { startTls } from '../servers.ts'

/** One connection to a peer that speaks our own frames, from that peer's side. */
export interface FrameConnection {
  readonly socket: TLSSocket
  readonly frames: LinkFrame[]
  readonly send: (...messages: readonly LinkMessage[]) => void
}

/** A request as the peer has it, with all of its body. */
export interface FrameAsk {
  readonly id: number
  readonly path: number
  readonly body: Uint8Array
}

/** A peer that speaks our own frames, and does with them what the test says. */
export interface FramePeer {
  readonly target: LinkTarget
  readonly connections: FrameConnection[]
}

/** Everything that came as one request is given to `onAsk` when it is whole; pings are answered. */
export async function startFramePeer(
  onAsk: (ask: FrameAsk, connection: FrameConnection) => void,
  protocols: readonly string[] = [LINK_PROTOCOL],
): Promise<FramePeer> {
  const connections: FrameConnection[] = []
  const target = await startTls([...protocols], socket => {
    const frames: LinkFrame[] = []
    const reader = new LinkFrameReader()
    const outbox = new LinkOutbox(() => undefined)
    const send = (...messages: readonly LinkMessage[]): void => {
      for (const message of messages) outbox.push(message)
      for (let lot = outbox.take(65_536); lot !== undefined; lot = outbox.take(65_536)) socket.write(lot)
    }
    const connection = { socket, frames, send }
    const collect = collector(ask => onAsk(ask, connection))
    connections.push(connection)
    socket.on('data', (chunk: Uint8Array) =>
      reader.push(chunk, frame => {
        frames.push(frame)
        if (frame.kind === 'ping') send({ kind: 'pong', id: frame.id })
        collect(frame)
      }),
    )
  })
  return { target: { ...target, capabilities: [LINK_CAPABILITY] }, connections }
}

function collector(onAsk: (ask: FrameAsk) => void): (frame: LinkFrame) => void {
  const open = new Map<number, { readonly path: number; readonly body: Uint8Array; at: number }>()
  return frame => {
    if (frame.kind === 'request') open.set(frame.id, { path: frame.path, body: new Uint8Array(frame.length), at: 0 })
    if (frame.kind !== 'request' && frame.kind !== 'data') return
    const asked = open.get(frame.id)
    if (asked === undefined) return
    asked.body.set(frame.bytes, asked.at)
    asked.at += frame.bytes.length
    if (asked.at < asked.body.length) return
    open.delete(frame.id)
    onAsk({ id: frame.id, path: asked.path, body: asked.body })
  }
}
