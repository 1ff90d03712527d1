import { RemoteAddress, type ServerReply, type TakeUpgrade, textReply, type Upgrade } from '@sotto/server'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Refusal } from '../gateway-metrics.ts'
import { type Origins } from './origins.ts'
import { PipeClient, type PipeShared } from './pipe-client.ts'

/** Where pipes begin. */
export const pipePath = '/pipe'
/** What both sides call the protocol in their handshake. A version that old ones could not read would have another name. */
export const pipeProtocol = 'sotto-pipe.1'

/** The longest frame of the pipe: five bytes and 64 KiB. */
const maxFrameBytes = 65_541
/** How long a pipe that is closed waits for the client's word, ms. */
const closeMs = 2000

const socketOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: maxFrameBytes,
  maxFragments: 64,
  maxBufferedChunks: 4096,
  closeTimeout: closeMs,
  // Checked before that it was offered.
  handleProtocols: () => pipeProtocol,
}

/** What a pipe needs besides what they all share. */
export interface PipeEndpointOptions {
  readonly shared: PipeShared
  readonly origins: () => Origins
  /** Who reaches it from this machine is a proxy, which says who its client is. */
  readonly behindProxy: boolean
}

/** All pipes of a gateway: their handshake, their times, their end. */
export class PipeEndpoint {
  readonly #options: PipeEndpointOptions
  readonly #server = new WebSocketServer(socketOptions)
  readonly #clients = new Set<PipeClient>()
  readonly #timer: NodeJS.Timeout
  #stopping = false
  #onEmpty: (() => void) | undefined

  constructor(options: PipeEndpointOptions) {
    this.#options = options
    const { tickMs } = options.shared.limits.sockets
    this.#timer = setInterval(() => this.#tick(), tickMs).unref()
  }

  /** How many pipes are open. */
  get size(): number {
    return this.#clients.size
  }

  /** For the listener. */
  readonly take: TakeUpgrade = upgrade => {
    const refusal = this.#refuse(upgrade)
    if (refusal !== undefined) return refusal
    const { incoming, socket, head } = upgrade
    const peer = this.#clientOf(upgrade)
    const { gate, limits } = this.#options.shared
    if (this.size >= limits.sockets.maxPipes || !gate.admitPipe(peer)) return this.#refused(503, 'too-many')
    socket.once('close', () => gate.pipeOver(peer))
    // Whatever else the handshake lacks, the library answers with 400 itself.
    this.#server.handleUpgrade(incoming, socket, head, ready => this.#begin(ready, peer))
    return undefined
  }

  /**
   * Takes no new pipes and requests, and waits for the answers to those that are under way, but not longer than that. How many
   * pipes were cut.
   */
  async stop(waitMs: number): Promise<number> {
    this.#stopping = true
    for (const client of Array.from(this.#clients)) client.leave()
    await this.#untilEmpty(waitMs)
    const cut = this.size
    for (const client of this.#clients) client.close()
    await this.#untilEmpty(Math.min(closeMs, waitMs))
    for (const client of this.#clients) client.cut()
    await this.#untilEmpty(closeMs)
    clearInterval(this.#timer)
    return cut
  }

  /** A proxy adds the address of its client behind those that the client itself may have claimed. */
  #clientOf({ peer, headers }: Upgrade): RemoteAddress {
    if (!this.#options.behindProxy || !peer.isLoopback) return peer
    return new RemoteAddress(headers.get('x-forwarded-for')?.split(',').at(-1)?.trim())
  }

  #refuse({ path, headers }: Upgrade): ServerReply | undefined {
    if (path !== pipePath) return textReply(404, 'Not Found')
    if (!this.#options.origins().allows(headers.get('origin'))) return this.#refused(403, 'origin')
    const protocols = headers.get('sec-websocket-protocol')?.split(',') ?? []
    if (!protocols.some(each => each.trim() === pipeProtocol)) return this.#refused(400, 'protocol')
    if (this.#stopping) return this.#refused(503, 'stopping')
    return undefined
  }

  #refused(status: number, reason: Refusal): ServerReply {
    this.#options.shared.metrics.refusal(reason)
    return textReply(status, refusalTexts.get(reason) ?? '')
  }

  #begin(socket: WebSocket, peer: RemoteAddress): void {
    const client = new PipeClient(socket, peer, this.#options.shared)
    this.#clients.add(client)
    socket.once('close', () => this.#ended(client))
  }

  #ended(client: PipeClient): void {
    this.#clients.delete(client)
    this.#options.shared.metrics.ending(client.ending)
    if (this.#clients.size === 0) this.#onEmpty?.()
  }

  #tick(): void {
    for (const client of this.#clients) client.tick()
  }

  async #untilEmpty(waitMs: number): Promise<void> {
    if (this.#clients.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onEmpty = resolve
    const timer = setTimeout(resolve, waitMs)
    await promise
    clearTimeout(timer)
  }
}

const refusalTexts: ReadonlyMap<Refusal, string> = new Map([
  ['origin', 'Pages from there may not use this gateway'],
  ['protocol', `The subprotocol ${pipeProtocol} is expected`],
  ['too-many', 'Too many pipes'],
  ['stopping', 'The gateway is stopping'],
])
