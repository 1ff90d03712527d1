import { type ClientHttp2Session, connect } from 'node:http2'
import { performance } from 'node:perf_hooks'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type SottoError } from '@sotto/protocol/error'
import { openTls } from '../connect/open-tls.ts'
import { type Socks5Proxy } from '../connect/socks5.ts'
import { withDeadline } from '../deadline.ts'
import { TransportError } from '../transport-error.ts'
import { Backoff } from './backoff.ts'
import { ByteBudget } from './byte-budget.ts'
import { Exchange, type ExchangeOwner, type LinkRequest } from './exchange.ts'
import { keepAlive } from './keep-alive.ts'
import { type LinkLimits } from './link-limits.ts'
import { type LinkReply } from './link-reply.ts'
import { authorityOf, type LinkTarget } from './link-target.ts'

/** What a link needs besides its target. */
export interface LinkOptions {
  readonly limits: LinkLimits
  readonly random: RandomBytes
  readonly proxy: Socks5Proxy | undefined
}

/** Flow-control windows: small for answers that wait, large for files. Spec 21 §3. */
export interface LinkWindows {
  readonly streamBytes: number
  readonly sessionBytes: number
}

/**
 * One multiplexed connection to one neighbour. It is made when it is needed; when it breaks, what is waiting on it fails at
 * once, and the next request makes another one.
 */
export class Http2Link {
  readonly #target: LinkTarget
  readonly #windows: LinkWindows
  readonly #options: LinkOptions
  readonly #pending = new Set<Exchange>()
  readonly #owner: ExchangeOwner
  readonly #backoff: Backoff
  #session: ClientHttp2Session | undefined
  #connecting: AbortController | undefined
  #usedAt = performance.now()
  #closed = false

  constructor(target: LinkTarget, windows: LinkWindows, options: LinkOptions) {
    this.#target = target
    this.#windows = windows
    this.#options = options
    this.#backoff = new Backoff(options.limits, options.random)
    const budget = new ByteBudget(options.limits.maxBufferedBytes)
    this.#owner = { budget, onEnd: (exchange, replied) => this.#ended(exchange, replied) }
  }

  /** Requests that wait for a reply. */
  get pending(): number {
    return this.#pending.size
  }

  /** Since when nothing has happened, on the monotonic clock; `Infinity` while something waits. */
  get idleSince(): number {
    return this.#pending.size > 0 ? Infinity : this.#usedAt
  }

  /** Never throws; see `NodeLinks.request` for what it rejects with. */
  async request(request: LinkRequest): Promise<LinkReply> {
    if (this.#pending.size >= this.#options.limits.maxPending) {
      throw new TransportError('transport.busy', { pending: this.#pending.size })
    }
    const exchange = new Exchange(request, this.#owner)
    this.#pending.add(exchange)
    if (this.#session === undefined) this.#connect()
    else exchange.start(this.#session)
    return exchange.promise
  }

  /** Ends the connection and everything that waits on it. */
  close(reason: SottoError): void {
    this.#closed = true
    this.#connecting?.abort(reason)
    for (const exchange of Array.from(this.#pending)) exchange.fail(reason)
    this.#session?.destroy()
    this.#session = undefined
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

  async #open(signal: AbortSignal): Promise<ClientHttp2Session> {
    const { ip, port, pin } = this.#target
    const proof = pin === undefined ? 'nobody' : { pin }
    const socket = await openTls({ host: ip, port }, { proxy: this.#options.proxy, protocol: 'h2', proof }, signal)
    const session = connect(`https://${authorityOf(this.#target)}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: this.#windows.streamBytes, maxHeaderListSize: 16_384 },
      maxHeaderListPairs: 64,
      peerMaxConcurrentStreams: this.#options.limits.maxPending,
      maxSessionMemory: sessionMemoryMegabytes,
    })
    session.once('connect', () => session.setLocalWindowSize(this.#windows.sessionBytes))
    return session
  }

  #opened(session: ClientHttp2Session): void {
    this.#connecting = undefined
    if (this.#closed) return session.destroy()
    this.#session = session
    // The streams and the end of the session tell all there is to know about an error.
    session.on('error', () => {})
    session.once('goaway', () => this.#retire(session))
    session.once('close', () => this.#lost(session))
    keepAlive(session, this.#options.limits)
    for (const exchange of Array.from(this.#pending)) if (exchange.session === undefined) exchange.start(session)
  }

  #notOpened(cause: unknown): void {
    this.#connecting = undefined
    this.#backoff.fail(performance.now())
    this.#failWaiting(cause)
  }

  /** The other side takes nothing new; what it has is still answered. */
  #retire(session: ClientHttp2Session): void {
    if (this.#session === session) this.#session = undefined
  }

  #lost(session: ClientHttp2Session): void {
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

/** Bodies on their way through one session; how many there may be is settled by `maxBufferedBytes`. */
const sessionMemoryMegabytes = 512
