import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { OnionError, parseServerAddress, type ServerAddress } from '@sotto/protocol/onion'
import { codedError } from '../coded-error.ts'
import { openTcp } from '../connect/open-tcp.ts'
import { openTls } from '../connect/open-tls.ts'
import { type Socks5Proxy } from '../connect/socks5.ts'
import { orAborted, withDeadline } from '../deadline.ts'
import { Http1Pool, type OpenConnection } from '../http1/http1-pool.ts'
import { defaultLinkLimits } from '../link/link-limits.ts'
import { type LinkReply } from '../link/link-reply.ts'
import { TransportError } from '../transport-error.ts'
import { checkAddresses, checkPort, type ServerPolicy } from './server-policy.ts'

/** Finds all addresses of a name; throws as `dns.lookup` does. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Settings of an exit. */
export interface OutsideServersOptions {
  readonly policy: ServerPolicy
  /** Default: the operating system's. */
  readonly resolve?: Resolve
  readonly proxy?: Socks5Proxy
  /** Authorities in PEM in place of the usual ones: for local networks. */
  readonly authorities?: readonly string[]
  /** Requests to one server at the same time. Default 100. Spec 70 §6.2. */
  readonly maxPerServer?: number
  /** Servers that connections are kept to. Default 256. */
  readonly maxServers?: number
}

/** A request that leaves the network. Where it goes is as the client wrote it; nothing of that is believed. */
export interface ServerRequest {
  readonly protocol: string
  readonly host: string
  readonly port: number
  readonly target: string
  readonly body: Uint8Array
  /** Names in lower case. Default: none. */
  readonly headers?: ReadonlyMap<string, string>
  readonly signal?: AbortSignal
  /** From the call to the last byte, resolving included. Default 25,000. */
  readonly timeoutMs?: number
  /** Default 10 MiB. */
  readonly maxReplyBytes?: number
}

interface Pool {
  readonly requests: Http1Pool
  /** Where new connections go: the addresses that the latest check let through. */
  addresses: readonly string[]
}

const noHeaders: ReadonlyMap<string, string> = new Map()
const tenMebibytes = 10 * 1024 * 1024

/**
 * Requests to servers outside the network, on behalf of strangers: only what looks like an onion endpoint, only to public
 * addresses, each checked after resolving and then connected to without a second look-up. Redirects are handed back, not
 * followed. Spec 70 X10, spec 20 trap 20.
 */
export class OutsideServers {
  readonly #options: OutsideServersOptions
  readonly #pools = new Map<string, Pool>()
  #stopped = false

  constructor(options: OutsideServersOptions) {
    this.#options = options
  }

  /**
   * Posts a body and waits for the whole reply, whatever its status.
   * @throws {TransportError} `transport.bad-address`, `transport.forbidden-port`, `transport.forbidden-address`,
   * `transport.no-such-host`, `transport.timeout`, `transport.refused`, `transport.unreachable`, `transport.closed`,
   * `transport.busy`, `transport.too-large`, `transport.bad-protocol`, `transport.wrong-certificate`,
   * `transport.proxy-refused`, `transport.stopped`; the signal's reason once that aborts
   */
  async requestServer(request: ServerRequest): Promise<LinkReply> {
    if (this.#stopped) throw new TransportError('transport.stopped')
    const server = parse(request)
    checkPort(server, this.#options.policy)
    return withDeadline({ timeoutMs: request.timeoutMs ?? 25_000, signal: request.signal }, async signal =>
      this.#send(server, request, signal),
    )
  }

  /** Ends every connection; what waits rejects with `transport.stopped`. */
  stop(): void {
    this.#stopped = true
    for (const { requests } of this.#pools.values()) requests.close(new TransportError('transport.stopped'))
    this.#pools.clear()
  }

  async #send(server: ServerAddress, request: ServerRequest, signal: AbortSignal): Promise<LinkReply> {
    const found = isIP(server.host) > 0 ? [server.host] : await orAborted(this.#resolve(server.host), signal)
    const addresses = checkAddresses(server, found, this.#options.policy)
    if (this.#stopped) throw new TransportError('transport.stopped')
    const pool = this.#pool(server)
    pool.addresses = addresses
    return pool.requests.request({
      method: 'POST',
      path: server.target,
      headers: request.headers ?? noHeaders,
      body: request.body,
      // The deadline around this one comes first.
      timeoutMs: 2 ** 31 - 1,
      signal,
      maxReplyBytes: request.maxReplyBytes ?? tenMebibytes,
    })
  }

  async #resolve(host: string): Promise<readonly string[]> {
    const { resolve = resolveBySystem } = this.#options
    return resolve(host)
  }

  /** The most recently used server stands last. */
  #pool(server: ServerAddress): Pool {
    const key = `${server.protocol} ${server.host} ${server.port}`
    const pool = this.#pools.get(key) ?? this.#createPool(server)
    this.#pools.delete(key)
    this.#pools.set(key, pool)
    return pool
  }

  #createPool(server: ServerAddress): Pool {
    this.#makeRoom()
    const { maxPerServer = 100 } = this.#options
    const { protocol, host, port } = server
    const limits = { ...defaultLinkLimits, maxPending: maxPerServer, http1Connections: maxPerServer }
    const open: OpenConnection = async signal => this.#openFirst(server, pool.addresses, signal)
    const origin = `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`
    const pool: Pool = { requests: new Http1Pool(origin, open, limits), addresses: [] }
    return pool
  }

  #makeRoom(): void {
    const { maxServers = 256 } = this.#options
    if (this.#pools.size < maxServers) return
    const idle = [...this.#pools].find(([, { requests }]) => requests.pending === 0)
    if (idle === undefined) throw new TransportError('transport.busy', { servers: this.#pools.size })
    this.#pools.delete(idle[0])
    idle[1].requests.close(new TransportError('transport.stopped'))
  }

  /** Connects to the first address that answers. */
  async #openFirst(
    server: ServerAddress,
    addresses: readonly string[],
    signal: AbortSignal,
  ): ReturnType<OpenConnection> {
    let last: unknown = new TransportError('transport.unreachable')
    for (const address of addresses.slice(0, mostAddresses)) {
      try {
        return await this.#open(server, address, signal)
      } catch (cause) {
        signal.throwIfAborted()
        last = codedError(cause)
      }
    }
    throw last
  }

  async #open(server: ServerAddress, address: string, signal: AbortSignal): ReturnType<OpenConnection> {
    const { proxy, authorities } = this.#options
    const endpoint = { host: address, port: server.port }
    if (server.protocol === 'http') return openTcp(endpoint, proxy, signal)
    return openTls(endpoint, { proxy, protocols: ['http/1.1'], proof: { name: server.host, authorities } }, signal)
  }
}

const mostAddresses = 4

function parse(server: ServerRequest): ServerAddress {
  try {
    return parseServerAddress(server)
  } catch (cause) {
    if (cause instanceof OnionError) throw new TransportError('transport.bad-address', {}, { cause })
    throw cause
  }
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return found.map(({ address }) => address)
}
