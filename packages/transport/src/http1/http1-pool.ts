import { performance } from 'node:perf_hooks'
import { releaseBytes } from '@sotto/protocol/crypto'
import { type SottoError } from '@sotto/protocol/error'
import { type buildConnector, Pool } from 'undici'
import { codedError } from '../coded-error.ts'
import { orAborted, withDeadline } from '../deadline.ts'
import { ByteBudget } from '../link/byte-budget.ts'
import { type LinkRequest } from '../link/exchange.ts'
import { type LinkLimits } from '../link/link-limits.ts'
import { type LinkReply, readHeaders } from '../link/link-reply.ts'
import { ReplyBody } from '../link/reply-body.ts'
import { TransportError } from '../transport-error.ts'

/** Makes one connection for a pool; the signal is its deadline. */
export type OpenConnection = (signal: AbortSignal) => Promise<Parameters<buildConnector.Callback>[1] & object>

/** Keep-alive connections to one host that speaks HTTP/1.1, each with one request at a time. */
export class Http1Pool {
  readonly #pool: Pool
  readonly #limits: LinkLimits
  readonly #budget: ByteBudget
  readonly #stop = new AbortController()
  #pending = 0
  #usedAt = performance.now()

  /** @param origin only its scheme and host matter, which become the `Host` line */
  constructor(origin: string, open: OpenConnection, limits: LinkLimits) {
    this.#limits = limits
    this.#budget = new ByteBudget(limits.maxBufferedBytes)
    this.#pool = new Pool(origin, {
      connect: connector(open, limits.connectTimeoutMs, this.#stop.signal),
      connections: limits.http1Connections,
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: 60_000,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: 16_384,
    })
  }

  get pending(): number {
    return this.#pending
  }

  /** See `Http2Link.idleSince`. */
  get idleSince(): number {
    return this.#pending > 0 ? Infinity : this.#usedAt
  }

  /** Like `Http2Link.request`. */
  async request(request: LinkRequest): Promise<LinkReply> {
    if (this.#pending >= this.#limits.maxPending) throw new TransportError('transport.busy', { pending: this.#pending })
    request.signal?.throwIfAborted()
    this.#budget.take(request.body.length)
    this.#pending++
    try {
      // The library heeds a signal only once there is a connection.
      return await withDeadline(request, async signal => orAborted(this.#exchange(request, signal), signal))
    } catch (cause) {
      this.#stop.signal.throwIfAborted()
      throw cause
    }
  }

  /** Ends all connections and everything that waits on them. */
  close(reason: SottoError): void {
    this.#stop.abort(reason)
    void this.#pool.destroy(reason).catch(() => {})
  }

  async #exchange({ body, maxReplyBytes, ...request }: LinkRequest, signal: AbortSignal): Promise<LinkReply> {
    let incoming: ReplyBody | undefined
    try {
      const reply = await this.#pool.request({
        method: request.method,
        path: request.path,
        headers: [...request.headers].flat(),
        body: body.length === 0 && request.method === 'GET' ? null : body,
        signal,
      })
      const headers = readHeaders(reply.headers)
      incoming = new ReplyBody(Math.min(maxReplyBytes, announcedBytes(headers)), this.#budget)
      for await (const chunk of reply.body as AsyncIterable<Uint8Array>) take(incoming, chunk)
      return { status: reply.statusCode, headers, body: incoming.join() }
    } finally {
      incoming?.free()
      this.#budget.giveBack(body.length)
      this.#pending--
      this.#usedAt = performance.now()
    }
  }
}

/** Only the first chunk is kept as it is. */
function take(incoming: ReplyBody, chunk: Uint8Array): void {
  const isCopied = incoming.length > 0
  incoming.add(chunk)
  if (isCopied) releaseBytes(chunk)
}

/** How long the body will be, as far as that is told. That as much comes is the library's care. */
function announcedBytes(headers: ReadonlyMap<string, string>): number {
  const text = headers.get('content-length')
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : Infinity
}

function connector(open: OpenConnection, timeoutMs: number, stopped: AbortSignal): buildConnector.connector {
  const answer = async (callback: buildConnector.Callback): Promise<void> => {
    const [socket, failure] = await withDeadline({ timeoutMs, signal: stopped }, open).then(
      opened => [opened, undefined] as const,
      (cause: unknown) => [undefined, codedError(cause)] as const,
    )
    if (failure === undefined) callback(null, socket)
    else callback(failure, null)
  }
  return (_options, callback) => void answer(callback)
}
