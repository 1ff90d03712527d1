import type { Server, Socket } from 'node:net'
import type { ListenerLimits } from './limits.ts'
import { RemoteAddress } from './remote-address.ts'

/** A connection that many requests share: of HTTP/2, or a link between nodes. */
export interface SharedConnection {
  /** Takes nothing new, and ends when all is answered. */
  close(): void
  /** Ends at once. */
  destroy(): void
  once(event: 'close', listener: () => void): unknown
}

/** Networks as texts, in memory only, for as long as they have a connection. */
function networkKey(peer: RemoteAddress): string {
  return peer.network(32, 64).join('.')
}

/** Knows every open connection of a server: whose it is, how many there are of each, and how to end them. */
export class Connections {
  readonly #limits: ListenerLimits
  readonly #open = new Set<Socket>()
  readonly #counts = new Map<string, number>()
  readonly #peers = new WeakMap<object, RemoteAddress>()
  readonly #sessions = new Set<SharedConnection>()
  /** Ready for requests by HTTP/1.1: past their handshake, if there is one. */
  readonly #http1 = new Set<Socket>()
  #draining = false

  constructor(limits: ListenerLimits) {
    this.#limits = limits
  }

  /** Connections that are open, those in their handshake included. */
  get size(): number {
    return this.#open.size
  }

  /** Follows the connections of a server; `onRefused` hears of each that is one too many. */
  watch(server: Server, onRefused: () => void): void {
    server.maxConnections = this.#limits.maxConnections
    server.on('drop', onRefused)
    server.on('connection', (socket: Socket) => {
      if (!this.#admit(socket)) onRefused()
    })
  }

  /** Follows a connection that speaks HTTP/2, or our own frames. */
  watchSession(session: SharedConnection): void {
    this.#sessions.add(session)
    session.once('close', () => {
      this.#sessions.delete(session)
      this.#endRest()
    })
    if (this.#draining) session.close()
  }

  /** Follows a connection that speaks HTTP/1.1. */
  watchHttp1(socket: Socket): void {
    this.#http1.add(socket)
    socket.once('close', () => {
      this.#http1.delete(socket)
      this.#endRest()
    })
    if (this.#draining) socket.destroySoon()
  }

  /** Who is at the other end; one object for each socket or session. */
  peerOf(owner: object, socket: Pick<Socket, 'remoteAddress'>): RemoteAddress {
    const known = this.#peers.get(owner)
    if (known !== undefined) return known
    const peer = new RemoteAddress(socket.remoteAddress)
    this.#peers.set(owner, peer)
    return peer
  }

  /** Lets every shared connection end after the requests that it has: GOAWAY, or what stands for it on a link. */
  closeSessions(): void {
    for (const session of this.#sessions) session.close()
  }

  /** Ends all connections as soon as what was written to them is sent. To be called when no request is left. */
  drain(): void {
    this.#draining = true
    this.closeSessions()
    for (const socket of this.#http1) socket.destroySoon()
    this.#endRest()
  }

  /** Ends everything at once. */
  destroyAll(): void {
    for (const session of this.#sessions) session.destroy()
    for (const socket of this.#open) socket.destroy()
  }

  /** Connections that never got as far as a request are not worth waiting for. */
  #endRest(): void {
    if (this.#draining && this.#http1.size === 0 && this.#sessions.size === 0) this.destroyAll()
  }

  #admit(socket: Socket): boolean {
    const key = networkKey(new RemoteAddress(socket.remoteAddress))
    const count = this.#counts.get(key) ?? 0
    if (count >= this.#limits.maxConnectionsPerClient) {
      socket.destroy()
      return false
    }
    this.#counts.set(key, count + 1)
    this.#open.add(socket)
    socket.once('close', () => this.#forget(socket, key))
    return true
  }

  #forget(socket: Socket, key: string): void {
    this.#open.delete(socket)
    const count = this.#counts.get(key) ?? 0
    if (count > 1) this.#counts.set(key, count - 1)
    else this.#counts.delete(key)
  }
}
