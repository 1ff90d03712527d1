import { performance } from 'node:perf_hooks'
import { type TLSSocket } from 'node:tls'
import { type Ed25519KeyPair, type RandomBytes } from '@sotto/protocol/crypto'
import { type SottoError } from '@sotto/protocol/error'
import { createGatewayProof, GATEWAY_PATH, LINK_BINDING, LINK_PROTOCOL } from '@sotto/protocol/link'
import { openTls } from '../connect/open-tls.ts'
import { type Socks5Proxy } from '../connect/socks5.ts'
import { withDeadline } from '../deadline.ts'
import { TransportError } from '../transport-error.ts'
import { type AbortGroups } from './abort-groups.ts'
import { Backoff } from './backoff.ts'
import { ByteBudget } from './byte-budget.ts'
import { Exchange, type ExchangeOwner, type LinkRequest } from './exchange.ts'
import { FrameSession } from './frame-session.ts'
import { Http2Session, type LinkWindows } from './http2-session.ts'
import { keepAlive } from './keep-alive.ts'
import { type LinkLimits } from './link-limits.ts'
import { type LinkReply } from './link-reply.ts'
import { type LinkSession, type SessionEvents } from './link-session.ts'
import { authorityOf, type LinkTarget } from './link-target.ts'

/** What a link needs besides its target. */
export interface LinkOptions {
  readonly limits: LinkLimits
  readonly random: RandomBytes
  readonly proxy: Socks5Proxy | undefined
  readonly gateway: Ed25519KeyPair | undefined
  readonly aborts: AbortGroups
}

/** What is spoken on a link. */
export interface LinkManner {
  /** The dearest first: the other side takes the first that it knows. */
  readonly protocols: readonly ('h2' | typeof LINK_PROTOCOL)[]
  /** Of HTTP/2. */
  readonly windows: LinkWindows
}

/**
 * One multiplexed connection to one neighbour. It is made when it is needed; when it breaks, what is waiting on it fails at
 * once, and the next request makes another one.
 */
export class MultiplexedLink {
  readonly #target: LinkTarget
  readonly #manner: LinkManner
  readonly #options: LinkOptions
  readonly #pending = new Set<Exchange>()
  readonly #owner: ExchangeOwner
  readonly #backoff: Backoff
  #session: LinkSession | undefined
  #connecting: AbortController | undefined
  #usedAt = performance.now()
  #closed = false

  constructor(target: LinkTarget, manner: LinkManner, options: LinkOptions) {
    this.#target = target
    this.#manner = manner
    this.#options = options
    this.#backoff = new Backoff(options.limits, options.random)
    this.#owner = {
      budget: new ByteBudget(options.limits.maxBufferedBytes),
      aborts: options.aborts,
      onEnd: (exchange, replied) => this.#ended(exchange, replied),
    }
  }

  /** Requests that wait for a reply. */
  get pending(): number {
    return this.#pending.size
  }

  /** Since when nothing has happened, on the monotonic clock; `Infinity` while something waits. */
  get idleSince(): number {
    return this.#pending.size > 0 ? Infinity : this.#usedAt
  }

  /** @throws {TransportError} `transport.busy` at once; see `NodeLinks.request` for what it rejects with */
  request(request: LinkRequest): Promise<LinkReply> {
    if (this.#pending.size >= this.#options.limits.maxPending) {
      throw new TransportError('transport.busy', { pending: this.#pending.size })
    }
    const exchange = new Exchange(request, this.#owner)
    this.#pending.add(exchange)
    if (this.#session === undefined) this.#connect()
    else this.#start(exchange, this.#session)
    return exchange.promise
  }

  /** The neighbour was heard from: the next request connects at once. */
  heard(): void {
    this.#backoff.succeed()
  }

  /** Ends the connection and everything that waits on it. */
  close(reason: SottoError): void {
    this.#closed = true
    this.#connecting?.abort(reason)
    for (const exchange of Array.from(this.#pending)) exchange.fail(reason)
    this.#session?.destroy()
    this.#session = undefined
  }

  #start(exchange: Exchange, session: LinkSession): void {
    exchange.session = session
    session.carry(exchange)
  }

  #connect(): void {
    if (this.#connecting !== undefined) return
    const wait = this.#backoff.remaining(performance.now())
    if (wait > 0) return this.#failWaiting(new TransportError('transport.unreachable', { retryMs: Math.ceil(wait) }))
    const control = new AbortController()
    this.#connecting = control
    const deadline = { timeoutMs: this.#options.limits.connectTimeoutMs, signal: control.signal }
    void withDeadline(deadline, async signal => this.#open(signal)).then(
      session => this.#opened(session),
      (cause: unknown) => this.#notOpened(cause),
    )
  }

  async #open(signal: AbortSignal): Promise<LinkSession> {
    const { ip, port, pin } = this.#target
    const { protocols, windows } = this.#manner
    const { proxy, limits } = this.#options
    const proof = pin === undefined ? 'nobody' : { pin }
    const socket = await openTls({ host: ip, port }, { proxy, protocols, proof }, signal)
    let stopPings = (): void => undefined
    const events: SessionEvents = {
      onRetire: () => this.#retire(session),
      onClose: () => {
        stopPings()
        this.#lost(session)
      },
    }
    const authority = authorityOf(this.#target)
    const isFramed = socket.alpnProtocol === LINK_PROTOCOL
    const session: LinkSession = isFramed
      ? new FrameSession(socket, events)
      : new Http2Session(socket, { authority, windows, maxPending: limits.maxPending }, events)
    stopPings = keepAlive(session, limits)
    if (isFramed) this.#introduce(session, socket)
    return session
  }

  /** The first request of a connection says whose it is. Nodes that don't know the key, or the path, say no: then it is nobody's. */
  #introduce(session: LinkSession, socket: TLSSocket): void {
    const { gateway, limits } = this.#options
    if (gateway === undefined) return
    const binding = socket.exportKeyingMaterial(LINK_BINDING.bytes, LINK_BINDING.label, Buffer.alloc(0))
    const body = createGatewayProof(gateway, new Uint8Array(binding))
    const request = { method: 'POST', path: GATEWAY_PATH, headers: new Map<string, string>(), body, signal: undefined }
    const hello = new Exchange({ ...request, timeoutMs: limits.connectTimeoutMs, maxReplyBytes: 1024 }, this.#owner)
    hello.promise.catch(() => undefined)
    session.carry(hello)
  }

  #opened(session: LinkSession): void {
    this.#connecting = undefined
    if (this.#closed) return session.destroy()
    this.#session = session
    for (const exchange of Array.from(this.#pending)) {
      if (exchange.session === undefined) this.#start(exchange, session)
    }
  }

  #notOpened(cause: unknown): void {
    this.#connecting = undefined
    this.#backoff.fail(performance.now())
    this.#failWaiting(cause)
  }

  /** The other side takes nothing new; what it has is still answered. */
  #retire(session: LinkSession): void {
    if (this.#session === session) this.#session = undefined
  }

  #lost(session: LinkSession): void {
    this.#retire(session)
    const lost = [...this.#pending].filter(exchange => exchange.session === session)
    if (lost.length > 0) this.#backoff.fail(performance.now())
    for (const exchange of lost) exchange.fail(new TransportError('transport.closed'))
  }

  #failWaiting(reason: unknown): void {
    for (const exchange of Array.from(this.#pending)) if (exchange.session === undefined) exchange.fail(reason)
  }

  #ended(exchange: Exchange, replied: boolean): void {
    this.#pending.delete(exchange)
    this.#usedAt = performance.now()
    if (replied) this.#backoff.succeed()
  }
}
