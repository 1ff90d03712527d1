import { NetworkError, type NetworkErrorCode, type PostOptions, type PostReply, type Transport } from '@sotto/network'
import { type NodeEntry } from '@sotto/registry'
import { type LinkLimits, NodeLinks, type Socks5Proxy, TransportError, type TransportErrorCode } from '@sotto/transport'
import { systemRandom } from '../system/system-random.ts'

/** How guards are reached. */
export interface NodeTransportOptions {
  /** Every connection is made through it, such as Tor. */
  readonly socks5?: Socks5Proxy
  readonly limits?: Partial<LinkLimits>
}

/** Base64 of the largest reply. */
const maxReplyBytes = 14 * 1024 * 1024

/** Reaches guards over connections of this machine's own, without a gateway. Nothing but guards is ever connected to. */
export class NodeTransport implements Transport {
  readonly #links: NodeLinks

  constructor({ socks5, limits }: NodeTransportOptions = {}) {
    this.#links = new NodeLinks({
      random: systemRandom,
      ...(limits === undefined ? {} : { limits }),
      ...(socks5 === undefined ? {} : { proxy: socks5 }),
    })
  }

  async post(guard: NodeEntry, path: '/onion_req/v2', body: Uint8Array, options: PostOptions): Promise<PostReply> {
    const { timeoutMs, signal } = options
    const target = { ip: guard.ip, port: guard.httpsPort, capabilities: guard.capabilities }
    const request = { timeoutMs, maxReplyBytes, ...(signal === undefined ? {} : { signal }) }
    try {
      const { status, body: reply, requestIsFree = false } = await this.#links.request(target, path, body, request)
      return { status, body: reply, requestIsFree }
    } catch (cause) {
      throw networkErrorOf(cause, signal)
    }
  }

  /** Ends every connection; what waits rejects. */
  stop(): void {
    this.#links.stop()
  }
}

/** All others mean that the guard can't be reached. */
const codes: ReadonlyMap<TransportErrorCode, NetworkErrorCode> = new Map([
  ['transport.timeout', 'network.timed-out'],
  ['transport.stopped', 'network.stopped'],
])

function networkErrorOf(cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return new NetworkError('network.aborted', {}, { cause })
  if (!(cause instanceof TransportError)) return cause
  return new NetworkError(codes.get(cause.code) ?? 'network.unreachable', {}, { cause })
}
