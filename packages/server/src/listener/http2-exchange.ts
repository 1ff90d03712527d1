import { validateHeaderValue } from 'node:http'
import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import type { BodySource } from './body-pieces.ts'
import { Exchange, readLength, type ByteBudget } from './exchange.ts'
import { bodyLength, hasNoBody, sendPieces } from './outgoing-body.ts'
import { PlainHeaders } from './plain-headers.ts'
import type { RemoteAddress } from './remote-address.ts'
import type { ServerReply } from './route.ts'

/** A request by HTTP/2: one stream of a connection. */
export class Http2Exchange extends Exchange {
  override readonly way = 'http2'
  override readonly method: string
  override readonly headers: PlainHeaders
  override readonly declaredBytes: number
  override readonly hasBody: boolean
  readonly #stream: ServerHttp2Stream
  readonly #server: string

  constructor(
    message: { readonly stream: ServerHttp2Stream; readonly headers: IncomingHttpHeaders },
    peer: RemoteAddress,
    budget: ByteBudget,
    { tick, server }: { readonly tick: number; readonly server: string },
  ) {
    super(message.headers[':path'] ?? '', peer, budget, tick)
    this.#stream = message.stream
    this.#server = server
    this.method = message.headers[':method'] ?? ''
    this.headers = new PlainHeaders(message.headers)
    this.declaredBytes = readLength(message.headers['content-length'])
    this.hasBody = !message.stream.endAfterHeaders
  }

  override reply({ status, headers, body, pieces }: ServerReply, close: boolean): void {
    const stream = this.#stream
    if (stream.headersSent || stream.destroyed) return
    const lines: OutgoingHttpHeaders = { ':status': status, server: this.#server }
    if (!hasNoBody(status)) lines['content-length'] = pieces?.sizeBytes ?? bodyLength(body)
    for (const name in headers) {
      const value = headers[name] ?? ''
      // Node checks this for HTTP/1.1 only.
      validateHeaderValue(name, value)
      lines[name] = value
    }
    const withoutBody = hasNoBody(status) || this.method === 'HEAD'
    stream.respond(lines, withoutBody ? { endStream: true } : undefined)
    if (withoutBody) return
    if (pieces !== undefined) return void sendPieces(pieces, stream)
    stream.write(body)
    // Ending in the same turn makes Node create an error for each answer, with its stack, and drop it: a fifth of all time.
    process.nextTick(() => this.#end(close))
  }

  /** Whether all of an answer was sent. */
  get answered(): boolean {
    return this.#stream.writableEnded && this.#stream.rstCode === constants.NGHTTP2_NO_ERROR
  }

  override destroy(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL)
  }

  protected override get source(): BodySource {
    return this.#stream
  }

  #end(close: boolean): void {
    const stream = this.#stream
    stream.end()
    // The client need not send the rest of a body that nobody reads.
    if (close && this.hasBody && !stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR)
  }
}
