import { type ServerAddress } from '@sotto/protocol/onion'
import { type LinkReply, type ServerRequest, TransportError, type TransportErrorCode } from '@sotto/transport'
import { type OnionLimits } from './onion-limits.ts'
import { onionReplies, type OnionReply } from './onion-reply.ts'
import { Pending } from './pending.ts'

/** What posting to servers needs. */
export interface ServerProxyParts {
  /** Resolves, checks the address and posts; `OutsideServers` does. */
  readonly request: (request: ServerRequest) => Promise<LinkReply>
  readonly limits: OnionLimits
  /** How this node names itself to servers. */
  readonly userAgent: string
  /** Aborts when the node waits no longer. */
  readonly signal: AbortSignal
}

/** The node does not ask such a server: to be told under the layer's key. Spec 20 §4.6, `Invalid url`. */
export type Forbidden = 'forbidden'

const forbiddenCodes: ReadonlySet<TransportErrorCode> = new Set([
  'transport.bad-address',
  'transport.forbidden-address',
  'transport.forbidden-port',
])

/** Posts onions to servers outside the network, as the exit of a path. Spec 20 §4.7, spec 70 X10. */
export class ServerProxy {
  readonly #parts: ServerProxyParts
  readonly #pending: Pending<string>

  constructor(parts: ServerProxyParts) {
    this.#parts = parts
    this.#pending = new Pending(parts.limits.maxProxied, parts.limits.maxPendingPerServer)
  }

  /** The server's status, content type and body, and nothing else of it; or the reply for why there is none. */
  async post(address: ServerAddress, body: Uint8Array): Promise<OnionReply | Forbidden> {
    const server = `${address.host}:${address.port}`
    if (!this.#pending.begin(server)) return failed('transport.busy')
    try {
      return replyOf(await this.#send(address, body))
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      if (forbiddenCodes.has(error.code)) return 'forbidden'
      return this.#failure(error.code)
    } finally {
      this.#pending.end(server)
    }
  }

  #send(server: ServerAddress, body: Uint8Array): Promise<LinkReply> {
    const { request, limits, signal, userAgent } = this.#parts
    const headers = new Map([
      ['content-type', 'application/octet-stream'],
      ['user-agent', userAgent],
    ])
    return request({ ...server, body, headers, signal, timeoutMs: limits.proxyTimeoutMs })
  }

  #failure(code: TransportErrorCode): OnionReply {
    if (code === 'transport.timeout') {
      const { proxyTimeoutMs } = this.#parts.limits
      return { status: 504, body: `Operation timed out after ${proxyTimeoutMs} milliseconds with 0 bytes received` }
    }
    // The same that becomes of an answer which is too large between nodes.
    return code === 'transport.too-large' ? onionReplies.timeOut : failed(code)
  }
}

/** The words of spec 20 §4.6 for a redirect; servers are asked at the address that the client chose and nowhere else. */
function replyOf({ status, headers, body }: LinkReply): OnionReply {
  if (status >= 300 && status < 400) return { status: 502, body: 'Maximum (0) redirects followed' }
  const contentType = headers.get('content-type')
  return { status, body, ...(contentType === undefined ? {} : { contentType }) }
}

function failed(code: TransportErrorCode): OnionReply {
  return { status: 502, body: new TransportError(code).sentence }
}
