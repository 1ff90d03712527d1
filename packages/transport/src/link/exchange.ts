import { TransportError } from '../transport-error.ts'
import { type AbortGroups } from './abort-groups.ts'
import { type ByteBudget } from './byte-budget.ts'
import { type LinkReply } from './link-reply.ts'
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
  readonly aborts: AbortGroups
  /** Is called once for every exchange, before its promise settles. */
  readonly onEnd: (exchange: Exchange, replied: boolean) => void
}

/** One request on its way: waits for a session, then for the reply. Ends exactly once, whatever happens. */
export class Exchange {
  readonly promise: Promise<LinkReply>
  readonly request: Omit<LinkRequest, 'body'>
  /** The session that it was sent on, to be compared. */
  session: object | undefined
  /** Tells the other side that nobody waits any more; set by the session. */
  onFail: (() => void) | undefined
  readonly #owner: ExchangeOwner
  readonly #settle: PromiseWithResolvers<LinkReply>
  readonly #timer: NodeJS.Timeout
  /** Let go once it is sent: a held request would keep it for nothing. */
  #body: Uint8Array | undefined
  #reply: ReplyBody | undefined
  #ended = false

  /** @throws {TransportError} `transport.busy` */
  constructor({ body, ...request }: LinkRequest, owner: ExchangeOwner) {
    owner.budget.take(body.length)
    this.#body = body
    this.request = request
    this.#owner = owner
    this.#settle = Promise.withResolvers()
    this.promise = this.#settle.promise
    this.#timer = setTimeout(this.#expire, request.timeoutMs)
    if (request.signal !== undefined) owner.aborts.add(request.signal, this)
  }

  /** What is to be sent; nothing once it is, or nobody waits any more. */
  get body(): Uint8Array | undefined {
    return this.#body
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Bytes of the reply so far. */
  get received(): number {
    return this.#reply?.length ?? 0
  }

  /** The body is sent. */
  freeBody(): void {
    this.#owner.budget.giveBack(this.#body?.length ?? 0)
    this.#body = undefined
  }

  /**
   * Takes the next bytes of the reply, of which the first must stay as they are and all others are copied. More than `length`,
   * which is what was announced, or than is wanted ends it.
   */
  receive(bytes: Uint8Array, length = this.request.maxReplyBytes): void {
    if (this.#ended) return
    try {
      this.#reply ??= new ReplyBody(Math.min(length, this.request.maxReplyBytes), this.#owner.budget)
      this.#reply.add(bytes)
    } catch (cause) {
      this.fail(cause)
    }
  }

  /** All of the reply has been received. */
  finish(reply: Omit<LinkReply, 'body'>): void {
    this.complete({ ...reply, body: this.#reply?.join() ?? new Uint8Array() })
  }

  /** The same with a body that came in one piece and is the caller's own. */
  complete(reply: LinkReply): void {
    if (this.#end(true)) this.#settle.resolve(reply)
  }

  /** Ends the exchange without a reply. */
  fail(reason: unknown): void {
    if (!this.#end(false)) return
    this.#settle.reject(reason)
    this.onFail?.()
  }

  readonly #expire = (): void => {
    this.fail(new TransportError('transport.timeout', { timeoutMs: this.request.timeoutMs }))
  }

  #end(replied: boolean): boolean {
    if (this.#ended) return false
    this.#ended = true
    clearTimeout(this.#timer)
    if (this.request.signal !== undefined) this.#owner.aborts.remove(this.request.signal, this)
    this.freeBody()
    this.#reply?.free()
    this.#owner.onEnd(this, replied)
    return true
  }
}
