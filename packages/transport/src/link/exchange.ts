import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { codedError } from '../coded-error.ts'
import { TransportError } from '../transport-error.ts'
import { type ByteBudget } from './byte-budget.ts'
import { type LinkReply, readHeaders } from './link-reply.ts'
import { ReplyBody } from './reply-body.ts'

/** One request as a link takes it. */
export interface LinkRequest {
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly maxReplyBytes: number
}

/** What else an exchange needs of its link. */
export interface ExchangeOwner {
  readonly budget: ByteBudget
  /** Is called once for every exchange, before its promise settles. */
  readonly onEnd: (exchange: Exchange, replied: boolean) => void
}

/** One request on its way: waits for a session, then for the reply. Ends exactly once, whatever happens. */
export class Exchange {
  readonly promise: Promise<LinkReply>
  /** The session that it was sent on. */
  session: ClientHttp2Session | undefined
  readonly #request: Omit<LinkRequest, 'body'>
  readonly #owner: ExchangeOwner
  readonly #settle: PromiseWithResolvers<LinkReply>
  readonly #timer: NodeJS.Timeout
  readonly #reply: ReplyBody
  /** Let go once it is sent: a held request would keep it for nothing. */
  #body: Uint8Array | undefined
  #stream: ClientHttp2Stream | undefined
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #ended = false

  /** @throws {TransportError} `transport.busy` */
  constructor({ body, ...request }: LinkRequest, owner: ExchangeOwner) {
    owner.budget.take(body.length)
    this.#body = body
    this.#request = request
    this.#owner = owner
    this.#reply = new ReplyBody(request.maxReplyBytes, owner.budget)
    this.#settle = Promise.withResolvers()
    this.promise = this.#settle.promise
    this.#timer = setTimeout(this.#expire, request.timeoutMs)
    request.signal?.addEventListener('abort', this.#abort)
  }

  /** Sends the request. An exchange that has ended meanwhile sends nothing. */
  start(session: ClientHttp2Session): void {
    const body = this.#body
    if (this.#ended || body === undefined) return
    this.session = session
    try {
      const stream = session.request(this.#lines(body.length), { endStream: body.length === 0 })
      this.#stream = stream
      stream.on('response', headers => this.#begin(headers))
      stream.on('data', (chunk: Uint8Array) => this.#receive(chunk))
      stream.on('end', () => this.#finish())
      // These come after every reply as well; an error, whose stack is costly, is made only if it is wanted.
      stream.on('error', cause => this.#ended || this.fail(codedError(cause)))
      stream.on('close', () => this.#ended || this.fail(new TransportError('transport.closed')))
      if (body.length > 0) stream.end(body, () => this.#freeBody())
    } catch (cause) {
      this.fail(codedError(cause))
    }
  }

  /** Ends the exchange without a reply. */
  fail(reason: unknown): void {
    if (!this.#end(false)) return
    this.#settle.reject(reason)
    this.#stream?.close(constants.NGHTTP2_CANCEL)
  }

  #lines(length: number): OutgoingHttpHeaders {
    const { method, path, headers } = this.#request
    const lines: OutgoingHttpHeaders = { ':method': method, ':path': path, 'content-length': length }
    for (const [name, value] of headers) lines[name] = value
    return lines
  }

  #begin(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
    this.#status = headers[':status'] ?? 0
    this.#headers = headers
  }

  #receive(chunk: Uint8Array): void {
    if (this.#ended) return
    try {
      this.#reply.add(chunk)
    } catch (cause) {
      this.fail(cause)
    }
  }

  #finish(): void {
    if (!this.#isWhole()) return this.fail(new TransportError('transport.closed'))
    if (this.#ended) return
    const reply = { status: this.#status, headers: readHeaders(this.#headers), body: this.#reply.join() }
    this.#end(true)
    this.#settle.resolve(reply)
  }

  /**
   * A stream that was reset ends as well, even without an error. Then the length is not what was said; where nothing was
   * said, the stream is closed before it has ended, and not after.
   */
  #isWhole(): boolean {
    const said = this.#headers['content-length']
    const cut = said === undefined ? this.#stream?.closed === true : Number(said) !== this.#reply.length
    return this.#status > 0 && !cut && (this.#stream?.rstCode ?? 0) === 0
  }

  readonly #expire = (): void => {
    this.fail(new TransportError('transport.timeout', { timeoutMs: this.#request.timeoutMs }))
  }

  readonly #abort = (): void => {
    this.fail(this.#request.signal?.reason)
  }

  #end(replied: boolean): boolean {
    if (this.#ended) return false
    this.#ended = true
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#abort)
    this.#freeBody()
    this.#reply.free()
    this.#owner.onEnd(this, replied)
    return true
  }

  #freeBody(): void {
    this.#owner.budget.giveBack(this.#body?.length ?? 0)
    this.#body = undefined
  }
}
