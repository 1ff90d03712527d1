import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import { Log } from '../log/log.ts'
import type { LogOutput } from '../log/log-output.ts'
import { Metrics } from '../metrics/metrics.ts'
import type { Certificate } from '../tls/certificate.ts'
import { Connections } from './connections.ts'
import { Dispatcher } from './dispatcher.ts'
import type { ErrorReply } from './error-reply.ts'
import { Http1Exchange } from './http1-exchange.ts'
import { Http2Exchange } from './http2-exchange.ts'
import { defaultListenerLimits, type ListenerLimits } from './limits.ts'
import { listenerErrorOf } from './listener-error.ts'
import type { ListenerEvents } from './listener-events.ts'
import { listenerMetrics, type ListenerMetrics } from './listener-metrics.ts'
import { LinkConnection } from './link/link-connection.ts'
import { createNodeServer, type NodeServer } from './node-server.ts'
import { PlainHeaders } from './plain-headers.ts'
import { textReply } from './reply.ts'
import type { Route, Routes } from './route.ts'
import { RouteTable } from './route-table.ts'
import { UnhandledErrors } from './unhandled-errors.ts'
import { refuseUpgrade, type TakeUpgrade } from './upgrade.ts'

/** Everything a listener needs. */
export interface ListenerOptions {
  /** Address to listen on; every one if absent. */
  readonly host?: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Without it the listener speaks plain HTTP/1.1. */
  readonly tls?: Certificate
  readonly routes: Routes
  /** Offers other nodes our own frames besides HTTP, for the same routes. See docs/protocol/node-link.md. */
  readonly links?: boolean
  /** For requests that no route is for; by default the 404 of spec 20 §3.1. */
  readonly fallback?: Route
  /** Answers to errors that handlers throw on purpose; by default all are 500. */
  readonly errorReply?: ErrorReply
  /** For connections by HTTP/1.1 that ask for another protocol. Without it they are asked as if they had not. */
  readonly upgrade?: TakeUpgrade
  /** Text of the `Server` header. */
  readonly server?: string
  readonly limits?: Partial<ListenerLimits>
  readonly log?: LogOutput
  readonly metrics?: Metrics
  /** Shared with other ways into the same server, such as its onion endpoint. */
  readonly unhandled?: UnhandledErrors
}

const tickMs = 1000
const stoppingReply = textReply(503, 'Server stopping')
const tooManyHeadersReply = textReply(431, 'Request Header Fields Too Large')
/** What a header counts besides its name and value. RFC 9113 §6.5.2. */
const headerOverhead = 32

/**
 * One port on which a server answers: HTTPS with HTTP/2, HTTP/1.1 and links of nodes, or plain HTTP/1.1. Routes are exact; everything
 * that outsiders can use up has a bound. Spec 20 §3.1, spec 70 §6.
 */
export class Listener {
  readonly #options: ListenerOptions
  readonly #dispatcher: Dispatcher
  readonly #connections: Connections
  readonly #metrics: ListenerMetrics
  readonly #node: NodeServer
  readonly #log: Log<ListenerEvents>
  readonly #limits: ListenerLimits
  readonly #serverHeader: string
  #sweep: NodeJS.Timeout | undefined
  #stopping: Promise<void> | undefined

  constructor(options: ListenerOptions) {
    const { routes, fallback, errorReply, server = 'Sotto', log, metrics = new Metrics() } = options
    const limits = { ...defaultListenerLimits, ...options.limits }
    this.#options = options
    this.#limits = limits
    this.#serverHeader = server
    this.#log = new Log(log)
    this.#connections = new Connections(limits)
    const unhandled = options.unhandled ?? new UnhandledErrors({ metrics, ...(log === undefined ? {} : { log }) })
    const table = new RouteTable({ routes, fallback, errorReply, unhandled })
    this.#dispatcher = new Dispatcher({ table, limits, unhandled })
    this.#metrics = listenerMetrics(metrics, {
      inFlight: () => this.#dispatcher.inFlight,
      bytes: () => this.#dispatcher.bytes,
      connections: () => this.#connections.size,
    })
    this.#dispatcher.metrics = this.#metrics
    this.#node = this.#create()
    const { upgrade } = options
    if (upgrade !== undefined) this.#takeUpgrades(upgrade)
    this.#connections.watch(this.#node, () => this.#metrics.refusals.add(1, { reason: 'connections' }))
  }

  /** The port, once it has started; 0 before and after. */
  get port(): number {
    const address = this.#node.address()
    return address !== null && typeof address === 'object' ? address.port : 0
  }

  /**
   * Begins to listen.
   * @throws {ListenerError} `listener.port-taken`, `listener.not-allowed`, `listener.bad-address`, `listener.failed`
   */
  async start(): Promise<void> {
    const { host, port, tls } = this.#options
    await new Promise<void>((resolve, reject) => {
      const fail = (error: Error): void => reject(listenerErrorOf(error, port))
      this.#node.once('error', fail)
      this.#node.listen({ port, ...(host === undefined ? {} : { host }), backlog: 1024 }, () => {
        this.#node.off('error', fail)
        resolve()
      })
    })
    this.#sweep = setInterval(() => this.#dispatcher.sweep(tickMs), tickMs)
    this.#sweep.unref()
    this.#log.info('listener.started', { port: this.port, protocol: tls === undefined ? 'http' : 'https' })
  }

  /**
   * Takes no more connections and requests, and ends when those that it has are answered: HTTP/2 is told by GOAWAY,
   * HTTP/1.1 by `Connection: close`. After `deadlineMs` the rest is cut. Calling it again waits for the same end.
   */
  stop(deadlineMs = 10_000): Promise<void> {
    this.#stopping ??= this.#stop(deadlineMs)
    return this.#stopping
  }

  async #stop(deadlineMs: number): Promise<void> {
    const { port } = this
    const dispatcher = this.#dispatcher
    let cut = 0
    const deadline = setTimeout(() => {
      cut = dispatcher.abortAll()
      this.#connections.destroyAll()
    }, deadlineMs)
    const closed = new Promise<void>(resolve => {
      this.#node.close(() => resolve())
    })
    dispatcher.closing = true
    dispatcher.onIdle = () => this.#connections.drain()
    this.#connections.closeSessions()
    if (dispatcher.inFlight === 0) this.#connections.drain()
    await closed
    clearTimeout(deadline)
    clearInterval(this.#sweep)
    this.#log.info('listener.stopped', { port, cut })
  }

  #create(): NodeServer {
    return createNodeServer(this.#options.tls, this.#limits, {
      onHttp1: (incoming, outgoing, expects) => this.#onHttp1(incoming, outgoing, expects),
      onHttp2: (stream, headers, rawHeaders) => this.#onHttp2(stream, headers, rawHeaders),
      onSession: session => this.#onSession(session),
      onSocket: socket => this.#connections.watchHttp1(socket),
      onLink: this.#options.links === true ? socket => this.#onLink(socket) : undefined,
      onMalformed: () => this.#metrics.refusals.add(1, { reason: 'malformed' }),
      onHandshakeFailed: () => this.#metrics.refusals.add(1, { reason: 'handshake' }),
    })
  }

  #takeUpgrades(take: TakeUpgrade): void {
    this.#node.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      // Node has let go of the socket, and an error that nobody hears would end the process.
      socket.on('error', ignore)
      const { url = '', headers, rawHeaders } = incoming
      if (this.#dispatcher.closing) return refuseUpgrade(socket, stoppingReply)
      if (rawHeaders.length / 2 > this.#limits.maxHeaders) {
        this.#metrics.refusals.add(1, { reason: 'headers' })
        return refuseUpgrade(socket, tooManyHeadersReply)
      }
      const peer = this.#connections.peerOf(socket, socket)
      const [path = ''] = url.split('?', 1)
      const reply = take({ path, headers: new PlainHeaders(headers), peer, incoming, socket, head })
      if (reply !== undefined) refuseUpgrade(socket, reply)
    })
  }

  #onSession(session: ServerHttp2Session): void {
    this.#connections.watchSession(session)
    session.on('error', ignore)
    let streams = 0
    session.on('stream', stream => {
      streams += 1
      stream.once('close', () => (streams -= 1))
    })
    // A held request is quiet for a long time: only a connection without any is idle.
    session.setTimeout(this.#limits.idleTimeoutMs)
    // Not the callback of `setTimeout`, which is called once only.
    session.on('timeout', () => {
      if (streams === 0) session.close()
    })
  }

  #onLink(socket: TLSSocket): void {
    const connection = new LinkConnection(socket, {
      dispatcher: this.#dispatcher,
      limits: this.#limits,
      peer: this.#connections.peerOf(socket, socket),
      onMalformed: () => this.#metrics.refusals.add(1, { reason: 'malformed' }),
      onBusy: () => this.#metrics.refusals.add(1, { reason: 'busy' }),
    })
    this.#connections.watchSession(connection)
  }

  #onHttp1(incoming: IncomingMessage, outgoing: ServerResponse, expects: boolean): void {
    const peer = this.#connections.peerOf(incoming.socket, incoming.socket)
    const { tick } = this.#dispatcher
    const exchange = new Http1Exchange({ incoming, outgoing }, peer, this.#dispatcher, {
      tick,
      server: this.#serverHeader,
    })
    outgoing.on('error', ignore)
    outgoing.on('close', () => this.#dispatcher.close(exchange, outgoing.writableFinished))
    const accept = expects ? () => outgoing.writeContinue() : undefined
    this.#dispatcher.serve(exchange, incoming.rawHeaders.length / 2, accept)
  }

  #onHttp2(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: readonly string[]): void {
    const { session } = stream
    if (session === undefined) return
    const peer = this.#connections.peerOf(session, session.socket)
    const { tick } = this.#dispatcher
    const exchange = new Http2Exchange({ stream, headers }, peer, this.#dispatcher, {
      tick,
      server: this.#serverHeader,
    })
    stream.on('error', ignore)
    stream.on('close', () => this.#dispatcher.close(exchange, exchange.answered))
    this.#dispatcher.serve(exchange, countHeaders(rawHeaders, this.#limits.maxHeaderBytes))
  }
}

/** Streams and connections that break are told of by `close`. */
function ignore(): void {}

/** Names and values in turn, HTTP/2's own ones among them. Too many bytes are as good as too many headers. */
function countHeaders(raw: readonly string[], maxBytes: number): number {
  let count = 0
  let bytes = 0
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]]
    if (!name.startsWith(':')) count += 1
    bytes += name.length + value.length + headerOverhead
  }
  return bytes > maxBytes ? Number.POSITIVE_INFINITY : count
}
