import { type Clock } from '@sotto/network'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { PipeLink } from './pipe-transport-link.ts'
import { type PipeTransportLimits } from './pipe-transport-limits.ts'
import { pipeProtocol, type PipeWebSocketConstructor } from './pipe-transport-socket.ts'

/** What connecting needs. */
export interface ConnectorOptions {
  readonly url: string
  readonly WebSocket: PipeWebSocketConstructor
  readonly clock: Clock
  readonly random: RandomBytes
  readonly limits: PipeTransportLimits
  /** There may be room for a request. */
  readonly onRoom: () => void
  /** A link could not be made, or ended. */
  readonly onEnd: () => void
  /** `state`, or the time of the next try, may have changed. */
  readonly onChange: () => void
}

/** What the connection to the gateway is like. `waiting`: for the next try, or until the device is online. */
export type PipeState = 'idle' | 'connecting' | 'open' | 'waiting'

/**
 * Keeps one link to the gateway for new requests: connects when one is wanted, again after a while when that fails, and looks
 * whether a silent gateway is alive.
 */
export class PipeConnector {
  readonly #options: ConnectorOptions
  #link: PipeLink | undefined
  /** Aborts what waits for the link in use. */
  #life = new AbortController()
  #isReady = false
  #failures = 0
  /** Monotonic ms. */
  #retryAt = 0
  #online = true
  /** Aborts the wait for the next try. */
  #waiting: AbortController | undefined
  #closed = false

  constructor(options: ConnectorOptions) {
    this.#options = options
  }

  get state(): PipeState {
    if (this.#link !== undefined) return this.#isReady ? 'open' : 'connecting'
    return this.#waiting !== undefined || !this.#online ? 'waiting' : 'idle'
  }

  /** A link that takes a request now. */
  get link(): PipeLink | undefined {
    return this.#link?.hasRoom === true ? this.#link : undefined
  }

  /** How long until the next try, ms; 0 while a link is being made or there is one. */
  get retryInMs(): number {
    if (this.#link !== undefined) return 0
    if (!this.#online) return Infinity
    return Math.max(0, this.#retryAt - this.#options.clock.monotonic())
  }

  /** Makes a link if there is none, as soon as that is due. */
  want(): void {
    if (this.#closed || this.#link !== undefined || this.#waiting !== undefined || !this.#online) return
    const wait = this.retryInMs
    if (wait === 0) this.#connect()
    else void this.#connectLater(wait)
  }

  /** An answer has come: this gateway works. */
  succeeded(): void {
    this.#failures = 0
    this.#retryAt = 0
  }

  /** The device has, or has no, way out. Without one a link is dead, and waiting for its silence would only take time. */
  setOnline(online: boolean): void {
    this.#online = online
    if (online) this.poke()
    else {
      this.#waiting?.abort()
      this.#link?.end()
    }
    this.#options.onChange()
  }

  /** Looks at once: tries again without waiting, or asks a link for a sign of life. */
  poke(): void {
    this.#retryAt = 0
    this.#waiting?.abort()
    if (this.#link !== undefined && this.#isReady) void this.#probe(this.#link, this.#life.signal)
  }

  /** Ends when the requests under way have. */
  close(): void {
    this.#closed = true
    this.#waiting?.abort()
    if (this.#isReady) this.#link?.leave()
    else this.#link?.end()
  }

  #connect(): void {
    const { url, WebSocket, onRoom } = this.#options
    let socket
    try {
      socket = new WebSocket(url, [pipeProtocol])
    } catch {
      // A page may not ask everybody: for us that is a gateway that cannot be reached.
      return this.#failed()
    }
    this.#isReady = false
    const life = new AbortController()
    const link: PipeLink = new PipeLink(socket, {
      onReady: () => this.#ready(link, life.signal),
      onRoom,
      onLeaving: () => this.#retire(link),
      onEnd: () => {
        life.abort()
        this.#ended(link)
      },
    })
    this.#link = link
    this.#life = life
    this.#options.onChange()
    void this.#limitConnecting(link, life.signal)
  }

  #ready(link: PipeLink, life: AbortSignal): void {
    if (this.#link !== link) return
    this.#isReady = true
    this.#options.onChange()
    void this.#keepAlive(link, life)
    this.#options.onRoom()
  }

  /** What is under way there goes on; the next request makes another one. */
  #retire(link: PipeLink): void {
    if (this.#link !== link) return
    this.#link = undefined
    this.#options.onChange()
    this.#options.onRoom()
  }

  #ended(link: PipeLink): void {
    if (this.#link !== link) return
    this.#link = undefined
    this.#failed()
  }

  #failed(): void {
    const { clock, random, limits, onChange, onEnd } = this.#options
    const wait = Math.min(limits.maxBackoffMs, limits.backoffMs * 2 ** Math.min(this.#failures, 30))
    const [byte = 0] = random(1)
    this.#failures += 1
    this.#retryAt = clock.monotonic() + wait * (0.5 + byte / 510)
    onEnd()
    onChange()
  }

  async #connectLater(ms: number): Promise<void> {
    const waiting = new AbortController()
    this.#waiting = waiting
    this.#options.onChange()
    await this.#sleep(ms, waiting.signal)
    this.#waiting = undefined
    this.want()
    this.#options.onChange()
  }

  async #limitConnecting(link: PipeLink, life: AbortSignal): Promise<void> {
    await this.#sleep(this.#options.limits.connectMs, life)
    if (this.#link === link && !this.#isReady) link.end()
  }

  /** Until it ends. One that takes no new requests is looked after as well. */
  async #keepAlive(link: PipeLink, life: AbortSignal): Promise<void> {
    while (!life.aborted) {
      const { heard } = link
      await this.#sleep(this.#options.limits.pingMs, life)
      if (!life.aborted && link.heard === heard) await this.#probe(link, life)
    }
  }

  async #probe(link: PipeLink, life: AbortSignal): Promise<void> {
    const { heard } = link
    link.ping(this.#options.random(8))
    await this.#sleep(this.#options.limits.pongMs, life)
    if (link.heard === heard) link.end()
  }

  /** An abort ends it as well. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(ms, signal).catch(() => {})
  }
}
