import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { releaseBytes } from '@sotto/protocol/crypto'
import type { BodySource } from './body-pieces.ts'
import { Exchange, readLength, type ByteBudget } from './exchange.ts'
import { bodyLength, hasNoBody, sendPieces } from './outgoing-body.ts'
import { PlainHeaders } from './plain-headers.ts'
import type { RemoteAddress } from './remote-address.ts'
import type { ServerReply } from './route.ts'

/** A request by HTTP/1.0 or 1.1. */
export class Http1Exchange extends Exchange {
  override readonly way = 'http1'
  /** Node's parser copies what it reads. */
  protected override readonly ownsChunks = true
  override readonly method: string
  override readonly headers: PlainHeaders
  override readonly declaredBytes: number
  override readonly hasBody: boolean
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #server: string

  constructor(
    message: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
    peer: RemoteAddress,
    budget: ByteBudget,
    { tick, server }: { readonly tick: number; readonly server: string },
  ) {
    super(message.incoming.url ?? '', peer, budget, tick)
    this.#incoming = message.incoming
    this.#outgoing = message.outgoing
    this.#server = server
    this.method = message.incoming.method ?? ''
    const { headers } = message.incoming
    this.headers = new PlainHeaders(headers)
    this.declaredBytes = readLength(headers['content-length'])
    this.hasBody = this.declaredBytes > 0 || headers['transfer-encoding'] !== undefined
  }

  override reply({ status, headers, body, memory, pieces }: ServerReply, close: boolean): void {
    const outgoing = this.#outgoing
    if (outgoing.headersSent || outgoing.destroyed) return
    const lines: OutgoingHttpHeaders = { server: this.#server }
    if (!hasNoBody(status)) lines['content-length'] = pieces?.sizeBytes ?? bodyLength(body)
    if (headers !== undefined) Object.assign(lines, headers)
    if (close) lines.connection = 'close'
    outgoing.writeHead(status, lines)
    if (pieces !== undefined) return void sendPieces(pieces, outgoing)
    // Text without any other characters goes out as it lies in memory, in one piece with the head.
    if (typeof body === 'string' && lines['content-length'] === body.length) outgoing.end(body, 'latin1')
    // What is called back then has left: for a connection that breaks it is not called.
    else outgoing.end(body, memory === undefined ? undefined : () => releaseBytes(memory))
  }

  override destroy(): void {
    this.#incoming.socket.destroy()
  }

  protected override get source(): BodySource {
    return this.#incoming
  }
}
