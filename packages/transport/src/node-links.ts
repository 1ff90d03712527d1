import { performance } from 'node:perf_hooks'
import { type Ed25519KeyPair, type RandomBytes } from '@sotto/protocol/crypto'
import { LINK_CAPABILITY, LINK_PROTOCOL, linkPathCode } from '@sotto/protocol/link'
import { openTls } from './connect/open-tls.ts'
import { type Socks5Proxy } from './connect/socks5.ts'
import { Http1Pool } from './http1/http1-pool.ts'
import { AbortGroups } from './link/abort-groups.ts'
import { type LinkRequest } from './link/exchange.ts'
import { type LinkWindows } from './link/http2-session.ts'
import { defaultLinkLimits, type LinkLimits } from './link/link-limits.ts'
import { type LinkReply } from './link/link-reply.ts'
import { authorityOf, type LinkTarget } from './link/link-target.ts'
import { type LinkManner, type LinkOptions, MultiplexedLink } from './link/multiplexed-link.ts'
import { TransportError } from './transport-error.ts'

/** What all links share. */
export interface NodeLinksOptions {
  readonly random: RandomBytes
  readonly limits?: Partial<LinkLimits>
  /** All connections are made through it. */
  readonly proxy?: Socks5Proxy
  /** The key of a gateway, to be named to nodes that know it. See docs/protocol/node-link.md. */
  readonly gateway?: Ed25519KeyPair
}

/** How one request is made. */
export interface RequestOptions {
  /** From the call to the last byte of the reply, connecting included. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Default POST. */
  readonly method?: 'POST' | 'GET' | 'PUT'
  /** Names in lower case. */
  readonly headers?: ReadonlyMap<string, string>
  /** Take the link for large bodies: for when the reply will be large. A large body takes it anyway. */
  readonly large?: boolean
  /** Default 10 MiB. */
  readonly maxReplyBytes?: number
}

/** Numbers for metrics. */
export interface LinkCounts {
  readonly links: number
  readonly pending: number
}

interface Route {
  readonly pending: number
  readonly idleSince: number
  /** Only where failures are remembered. */
  heard?(): void
  request(request: LinkRequest): Promise<LinkReply>
  close(reason: TransportError): void
}

const noHeaders: ReadonlyMap<string, string> = new Map()
const tenMebibytes = 10 * 1024 * 1024
const smallWindows: LinkWindows = { streamBytes: 64 * 1024, sessionBytes: 4 * 1024 * 1024 }
const largeWindows: LinkWindows = { streamBytes: 1024 * 1024, sessionBytes: 16 * 1024 * 1024 }

/** What is spoken with a node: our own frames where it has them, HTTP/2 with other nodes of ours. */
type Speech = 'frames' | 'h2' | 'http/1.1'

/**
 * Requests to other nodes. To those that announce capabilities two multiplexed connections are kept, one for small and one
 * for large bodies: of our own frames where the node has them, otherwise of HTTP/2. To others HTTP/1.1 connections, one per
 * request at a time. Spec 21 §3, architecture §4.7, docs/protocol/node-link.md.
 */
export class NodeLinks {
  readonly #limits: LinkLimits
  readonly #options: LinkOptions
  readonly #routes = new Map<string, Route>()
  readonly #sweeper: NodeJS.Timeout
  #stopped = false

  constructor({ random, limits, proxy, gateway }: NodeLinksOptions) {
    this.#limits = { ...defaultLinkLimits, ...limits }
    this.#options = { limits: this.#limits, random, proxy, gateway, aborts: new AbortGroups() }
    this.#sweeper = setInterval(() => this.#sweep(this.#limits.idleMs), this.#limits.pingMs).unref()
  }

  /**
   * Sends a body and waits for the whole reply, whatever its status.
   * @throws {TransportError} `transport.timeout`, `transport.refused`, `transport.unreachable` (also at once, while the
   * last failure is fresh), `transport.closed`, `transport.busy`, `transport.too-large`, `transport.bad-protocol`,
   * `transport.wrong-certificate`, `transport.proxy-refused`, `transport.stopped`; the signal's reason once that aborts
   */
  request(target: LinkTarget, path: string, body: Uint8Array, options: RequestOptions): Promise<LinkReply> {
    try {
      return this.#request(target, path, body, options)
    } catch (cause) {
      return Promise.reject(cause)
    }
  }

  #request(target: LinkTarget, path: string, body: Uint8Array, options: RequestOptions): Promise<LinkReply> {
    if (this.#stopped) throw new TransportError('transport.stopped')
    options.signal?.throwIfAborted()
    const large = options.large === true || body.length > this.#limits.largeBytes
    const { method = 'POST', headers = noHeaders } = options
    const canBeFramed = method === 'POST' && headers.size === 0 && linkPathCode(path) !== undefined
    return this.#route(target, speechOf(target, canBeFramed), large).request({
      method,
      path,
      headers,
      body,
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      maxReplyBytes: options.maxReplyBytes ?? tenMebibytes,
    })
  }

  /** A node that could not be reached has spoken: the next request does not wait until the last failure is old. */
  heard({ ip, port }: Pick<LinkTarget, 'ip' | 'port'>): void {
    for (const [key, route] of this.#routes) if (key.startsWith(`${ip} ${port} `)) route.heard?.()
  }

  /** How much is going on. */
  counts(): LinkCounts {
    const routes = [...this.#routes.values()]
    return { links: routes.length, pending: routes.reduce((sum, { pending }) => sum + pending, 0) }
  }

  /** Ends every connection; what waits rejects with `transport.stopped`. */
  stop(): void {
    this.#stopped = true
    clearInterval(this.#sweeper)
    for (const route of this.#routes.values()) route.close(new TransportError('transport.stopped'))
    this.#routes.clear()
  }

  #route(target: LinkTarget, speech: Speech, large: boolean): Route {
    const size = speech !== 'http/1.1' && large ? 'large' : 'small'
    const key = `${target.ip} ${target.port} ${speech} ${size} ${target.pin?.join() ?? ''}`
    const known = this.#routes.get(key)
    if (known !== undefined) return known
    if (this.#routes.size >= this.#limits.maxTargets) this.#sweep(0)
    if (this.#routes.size >= this.#limits.maxTargets) throw new TransportError('transport.busy')
    const route = speech === 'http/1.1' ? this.#single(target) : this.#multiplexed(target, speech, large)
    this.#routes.set(key, route)
    return route
  }

  #multiplexed(target: LinkTarget, speech: 'frames' | 'h2', large: boolean): Route {
    const protocols: LinkManner['protocols'] = speech === 'frames' ? [LINK_PROTOCOL, 'h2'] : ['h2']
    return new MultiplexedLink(target, { protocols, windows: large ? largeWindows : smallWindows }, this.#options)
  }

  #single(target: LinkTarget): Route {
    const { ip: host, port, pin } = target
    const proof = pin === undefined ? 'nobody' : { pin }
    const tls = { proxy: this.#options.proxy, protocols: ['http/1.1'], proof } as const
    const open = async (signal: AbortSignal) => openTls({ host, port }, tls, signal)
    return new Http1Pool(`https://${authorityOf(target)}`, open, this.#limits)
  }

  /** Closes what has not been used for a while. */
  #sweep(idleMs: number): void {
    const now = performance.now()
    for (const [key, route] of this.#routes) {
      if (now - route.idleSince < idleMs) continue
      this.#routes.delete(key)
      route.close(new TransportError('transport.stopped'))
    }
  }
}

function speechOf({ capabilities }: LinkTarget, canBeFramed: boolean): Speech {
  if (capabilities.length === 0) return 'http/1.1'
  return canBeFramed && capabilities.includes(LINK_CAPABILITY) ? 'frames' : 'h2'
}
