import { SottoError } from '@sotto/protocol/error'
import { BodyError } from './body-error.ts'
import { internalErrorReply } from './error-reply.ts'
import type { BodyOutcome, ByteBudget, Exchange } from './exchange.ts'
import type { ListenerLimits } from './limits.ts'
import { statusWord, type ListenerMetrics } from './listener-metrics.ts'
import { textReply } from './reply.ts'
import type { PiecewiseBody, Route, ServerReply } from './route.ts'
import { tooLargeReply, type RouteTable } from './route-table.ts'
import type { UnhandledErrors } from './unhandled-errors.ts'

/** What decides about a request. */
export interface DispatcherOptions {
  readonly table: RouteTable
  readonly limits: ListenerLimits
  readonly unhandled: UnhandledErrors
}

const busy = textReply(503, 'Server busy, try again later')
const slow = textReply(408, 'Request Timeout')
const tooManyHeaders = textReply(431, 'Request Header Fields Too Large')

/**
 * Takes each request from its headers to its answer: chooses the route, reads the body within limits, calls the handler,
 * turns what it throws into an answer. Nothing that a handler does ends the process.
 */
export class Dispatcher implements ByteBudget {
  readonly #options: DispatcherOptions
  readonly #exchanges = new Set<Exchange>()
  #bytes = 0
  #tick = 0
  /** Set while the server stops: each answer is the last on its connection. */
  closing = false
  /** Called when the last exchange of a closing server is over. */
  onIdle: (() => void) | undefined
  /** Where to count; given after the dispatcher, whose state the gauges read. */
  metrics: ListenerMetrics | undefined

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  /** How many requests wait for their answer. */
  get inFlight(): number {
    return this.#exchanges.size
  }

  /** How many bytes of bodies are held for them. */
  get bytes(): number {
    return this.#bytes
  }

  /** The sweep's time, for exchanges to note when a phase began. */
  get tick(): number {
    return this.#tick
  }

  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#options.limits.maxBytesInFlight) return false
    this.#bytes += bytes
    return true
  }

  give(bytes: number): void {
    this.#bytes -= bytes
  }

  /** Serves one request. `accept` is called when its body is going to be read. */
  serve(exchange: Exchange, headerCount: number, accept?: () => void): void {
    const { table, limits } = this.#options
    this.#exchanges.add(exchange)
    if (headerCount > limits.maxHeaders) return this.#refuse(exchange, tooManyHeaders, 'headers')
    if (this.#exchanges.size > limits.maxRequests) return this.#refuse(exchange, busy, 'busy')
    const route = table.find(exchange.method, exchange.path)
    if (exchange.declaredBytes > route.maxBodyBytes) return this.#refuse(exchange, tooLargeFor(route), 'too-large')
    if (!exchange.hasBody || route.ignoresBody === true) {
      exchange.unread = exchange.hasBody
      return this.#run(exchange, route)
    }
    accept?.()
    if (route.piecewise !== undefined) return this.#stream(exchange, route, route.piecewise)
    exchange.readBody(route.maxBodyBytes, outcome => this.#onBody(exchange, route, outcome))
  }

  /** Called when the stream or the answer of an exchange is closed. */
  close(exchange: Exchange, answered: boolean): void {
    if (!this.#exchanges.delete(exchange)) return
    exchange.finish(answered)
    if (this.closing && this.#exchanges.size === 0) this.onIdle?.()
  }

  /** Ends exchanges that have stood still for too long. To be called once per `tickMs`. */
  sweep(tickMs: number): void {
    this.#tick += 1
    const { bodyTimeoutMs, replyTimeoutMs } = this.#options.limits
    for (const exchange of this.#exchanges) {
      const stoodMs = (this.#tick - exchange.since) * tickMs
      if (exchange.phase === 'reading' && stoodMs > bodyTimeoutMs) this.#refuse(exchange, slow, 'slow')
      else if (exchange.phase === 'streaming' && stoodMs > exchange.idleMs)
        exchange.pieces?.fail(new BodyError('body.slow'))
      else if (exchange.phase === 'replying' && stoodMs > replyTimeoutMs) exchange.destroy()
    }
  }

  /** Tells every handler that nobody waits any more. How many there were. */
  abortAll(): number {
    for (const exchange of this.#exchanges) exchange.abort()
    return this.#exchanges.size
  }

  #onBody(exchange: Exchange, route: Route, outcome: BodyOutcome): void {
    if (outcome === 'too-large') this.#refuse(exchange, tooLargeFor(route), 'too-large')
    else if (outcome === 'too-many-bytes') this.#refuse(exchange, busy, 'busy')
    else if (outcome === 'complete' && exchange.phase === 'reading') this.#run(exchange, route)
  }

  #stream(exchange: Exchange, route: Route, { idleMs }: PiecewiseBody): void {
    exchange.idleMs = idleMs
    exchange.openBody(route.maxBodyBytes, () => (exchange.since = this.#tick))
    this.#run(exchange, route, 'streaming')
  }

  #run(exchange: Exchange, route: Route, phase: 'handling' | 'streaming' = 'handling'): void {
    exchange.phase = phase
    try {
      const reply = route.handle(exchange)
      if (reply instanceof Promise) {
        if (route.releasesBody === true) exchange.releaseBody()
        this.#await(exchange, route, reply)
      } else this.#reply(exchange, reply)
    } catch (error) {
      this.#fail(exchange, route, error)
    }
  }

  /** Promises are met with two callbacks rather than `await`, which would make one more for each request. */
  #await(exchange: Exchange, route: Route, reply: Promise<ServerReply>): void {
    reply.then(
      ready => this.#reply(exchange, ready),
      (error: unknown) => this.#fail(exchange, route, error),
    )
  }

  #fail(exchange: Exchange, route: Route, error: unknown): void {
    const { table, unhandled } = this.#options
    if (exchange.phase !== 'over' && error instanceof BodyError) this.#endBody(exchange, route, error)
    else if (exchange.phase !== 'over') this.#reply(exchange, table.replyFor(error, exchange.way))
    else if (!isGivingUp(error)) unhandled.report(error, exchange.way)
  }

  /** The handler has let through why the rest of a body does not come. */
  #endBody(exchange: Exchange, route: Route, { code }: BodyError): void {
    if (code === 'body.too-large') this.#refuse(exchange, tooLargeFor(route), 'too-large')
    else this.#refuse(exchange, slow, 'slow')
  }

  #reply(exchange: Exchange, reply: ServerReply): void {
    if (exchange.phase === 'over') return
    this.#send(exchange, reply, this.closing || exchange.unread)
  }

  #refuse(exchange: Exchange, reply: ServerReply, reason: 'too-large' | 'headers' | 'busy' | 'slow'): void {
    this.metrics?.refusals.add(1, { reason })
    this.#send(exchange, reply, true)
  }

  #send(exchange: Exchange, reply: ServerReply, close: boolean): void {
    exchange.phase = 'replying'
    exchange.since = this.#tick
    this.metrics?.answers[statusWord(reply.status)].add()
    try {
      exchange.reply(reply, close)
    } catch (error) {
      this.#options.unhandled.report(error, exchange.way)
      // A header that cannot be sent. The answer to that has none of its own.
      if (reply === internalErrorReply) exchange.destroy()
      else this.#send(exchange, internalErrorReply, close)
    }
  }
}

/** Whether a handler threw because its client has gone: that is nobody's mistake. */
function isGivingUp(error: unknown): boolean {
  return error instanceof SottoError || (error instanceof Error && error.name === 'AbortError')
}

function tooLargeFor({ tooLarge = tooLargeReply }: Route): ServerReply {
  return tooLarge
}
