import { type Clock, NetworkError, type PostOptions, type PostReply, type Transport } from '@sotto/network'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { PipeError, type PipeReason } from '@sotto/protocol/pipe'
import { type NodeEntry } from '@sotto/registry'
import { PipeConnector, type PipeState } from './pipe-transport-connector.ts'
import { errorOfReason, noGateway } from './pipe-transport-errors.ts'
import { type PipeLink } from './pipe-transport-link.ts'
import { defaultPipeTransportLimits, type PipeTransportLimits } from './pipe-transport-limits.ts'
import { type PipeWebSocketConstructor } from './pipe-transport-socket.ts'

/** What a pipe transport is made of. */
export interface PipeTransportOptions {
  /** Of the gateway's pipe: `wss://chat.example.org/pipe`. */
  readonly url: string
  /** The browser's own, or another one. */
  readonly WebSocket: PipeWebSocketConstructor
  readonly clock: Clock
  readonly random: RandomBytes
  readonly limits?: Partial<PipeTransportLimits>
  /** `state` or `retryInMs` may have changed. */
  readonly onChange?: () => void
}

/** One request, from the call to its end. */
interface Job {
  readonly guard: NodeEntry
  readonly body: Uint8Array
  /** Monotonic ms of the call. */
  readonly since: number
  readonly settle: PromiseWithResolvers<PostReply>
  readonly onProgress: PostOptions['onProgress'] | undefined
  /** Ends what is under way for it. */
  cancel: () => void
}

/**
 * The way to guards from a browser: every request is a stream on one WebSocket to a gateway. The connection is made when it
 * is needed, and again when it is lost; requests that were under way on it fail, those that had not left yet wait for the next.
 */
export class PipeTransport implements Transport {
  readonly #options: PipeTransportOptions
  readonly #limits: PipeTransportLimits
  readonly #connector: PipeConnector
  readonly #waiting = new Set<Job>()
  #closed = false

  constructor(options: PipeTransportOptions) {
    const { url, WebSocket, clock, random } = options
    this.#options = options
    this.#limits = { ...defaultPipeTransportLimits, ...options.limits }
    this.#connector = new PipeConnector({
      url,
      WebSocket,
      clock,
      random,
      limits: this.#limits,
      onRoom: () => this.#pump(),
      onEnd: () => this.#failImpatient(),
      onChange: () => options.onChange?.(),
    })
  }

  /** What the connection to the gateway is like. */
  get state(): PipeState {
    return this.#connector.state
  }

  /** How long until the gateway is tried again, ms: 0 while there is a connection, `Infinity` while the device is offline. */
  get retryInMs(): number {
    return this.#connector.retryInMs
  }

  /**
   * As `Transport.post`. With `network.unreachable`, `detail.local` says that it was the gateway that could not be reached and
   * that nothing is known of the guard.
   * @throws {NetworkError} besides `network.busy`, `network.bad-reply` for a reply over 13,981,016 bytes, `network.too-large`,
   * `network.stopped`
   */
  async post(guard: NodeEntry, _path: '/onion_req/v2', body: Uint8Array, options: PostOptions): Promise<PostReply> {
    const { onProgress, timeoutMs, signal } = options
    if (this.#closed) throw new NetworkError('network.stopped')
    if (signal?.aborted === true) throw new NetworkError('network.aborted')
    if (this.#waiting.size >= this.#limits.maxWaiting) throw new NetworkError('network.busy')
    const job = this.#begin(guard, body, onProgress)
    const timer = new AbortController()
    const onAbort = (): void => this.#end(job, new NetworkError('network.aborted'))
    signal?.addEventListener('abort', onAbort)
    void this.#limitTime(job, timeoutMs, timer.signal)
    this.#pump()
    if (this.#waiting.has(job) && this.#connector.retryInMs > this.#limits.patienceMs) this.#end(job, noGateway())
    try {
      return await job.settle.promise
    } finally {
      signal?.removeEventListener('abort', onAbort)
      timer.abort()
    }
  }

  /** To be told of the device's own opinion. Offline no connection is tried; online one is tried at once. */
  setOnline(online: boolean): void {
    this.#connector.setOnline(online)
    if (online) this.#pump()
    else this.#failImpatient()
  }

  /** To be called after sleep or a change of network: looks at once whether the gateway is still there. */
  poke(): void {
    this.#connector.poke()
    this.#pump()
  }

  /** Takes no more requests. Those under way end as they would; those that wait reject with `network.stopped`. */
  close(): void {
    this.#closed = true
    for (const job of this.#waiting) this.#end(job, new NetworkError('network.stopped'))
    this.#connector.close()
  }

  #begin(guard: NodeEntry, body: Uint8Array, onProgress: PostOptions['onProgress'] | undefined): Job {
    const settle = Promise.withResolvers<PostReply>()
    const job: Job = { guard, body, since: this.#options.clock.monotonic(), settle, onProgress, cancel: () => {} }
    this.#waiting.add(job)
    return job
  }

  /** Sends what there is room for, in the order of the calls. */
  #pump(): void {
    for (const job of this.#waiting) {
      const { link } = this.#connector
      if (link === undefined) return this.#connector.want()
      this.#waiting.delete(job)
      this.#send(job, link)
    }
  }

  #send(job: Job, link: PipeLink): void {
    const { guard, body, onProgress, settle } = job
    try {
      job.cancel = link.ask({
        guard: guard.ed25519,
        body,
        deadlineMs: this.#limits.deadlineMs,
        onReply: (status, reply) => {
          this.#connector.succeeded()
          settle.resolve({ status, body: reply })
        },
        onReset: reason => this.#wasReset(job, reason),
        onProgress,
      })
    } catch (cause) {
      if (!(cause instanceof PipeError)) throw cause
      settle.reject(
        new NetworkError(cause.code === 'pipe.too-large' ? 'network.too-large' : 'network.busy', {}, { cause }),
      )
    }
  }

  /** What the gateway has not looked at is sent again on the next link. */
  #wasReset(job: Job, reason: PipeReason): void {
    job.cancel = () => {}
    if (reason !== 'refused' || this.#closed) return job.settle.reject(errorOfReason(reason))
    this.#waiting.add(job)
    this.#pump()
  }

  async #limitTime(job: Job, ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(ms, signal)
    } catch {
      return
    }
    if (!this.#waiting.has(job)) return this.#end(job, new NetworkError('network.timed-out'))
    // With a pipe it was a stream that was not to be had.
    this.#end(job, this.state === 'open' ? new NetworkError('network.busy') : noGateway())
  }

  #end(job: Job, error: NetworkError): void {
    this.#waiting.delete(job)
    job.cancel()
    job.settle.reject(error)
  }

  /** After a failure: those that have waited for long, or would have to, need not wait any longer. */
  #failImpatient(): void {
    const { patienceMs } = this.#limits
    const now = this.#options.clock.monotonic()
    const { retryInMs } = this.#connector
    for (const job of this.#waiting) if (now - job.since + retryInMs > patienceMs) this.#end(job, noGateway())
    if (this.#waiting.size > 0) this.#connector.want()
  }
}
