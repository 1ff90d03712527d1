import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { type TLSSocket } from 'node:tls'
import { codedError } from '../coded-error.ts'
import { TransportError } from '../transport-error.ts'
import { type Exchange } from './exchange.ts'
import { readHeaders } from './link-reply.ts'
import { type LinkSession, type SessionEvents } from './link-session.ts'

/** Flow-control windows: small for answers that wait, large for files. Spec 21 §3. */
export interface LinkWindows {
  readonly streamBytes: number
  readonly sessionBytes: number
}

/** What a session of HTTP/2 is opened with. */
export interface Http2SessionOptions {
  /** `host:port`. */
  readonly authority: string
  readonly windows: LinkWindows
  readonly maxPending: number
}

/** Bodies on their way through one session; how many there may be is settled by `maxBufferedBytes`. */
const sessionMemoryMegabytes = 512

/** HTTP/2 over a connection: one stream for each request. */
export class Http2Session implements LinkSession {
  readonly #session: ClientHttp2Session

  constructor(socket: TLSSocket, { authority, windows, maxPending }: Http2SessionOptions, events: SessionEvents) {
    const session = connect(`https://${authority}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: windows.streamBytes, maxHeaderListSize: 16_384 },
      maxHeaderListPairs: 64,
      peerMaxConcurrentStreams: maxPending,
      maxSessionMemory: sessionMemoryMegabytes,
    })
    this.#session = session
    session.once('connect', () => session.setLocalWindowSize(windows.sessionBytes))
    // The streams and the end of the session tell all there is to know about an error.
    session.on('error', () => {})
    session.once('goaway', events.onRetire)
    session.once('close', events.onClose)
  }

  carry(exchange: Exchange): void {
    const { body } = exchange
    if (exchange.ended || body === undefined) return
    try {
      const stream = this.#session.request(linesOf(exchange, body.length), { endStream: body.length === 0 })
      exchange.onFail = () => stream.close(constants.NGHTTP2_CANCEL)
      receiveReply(stream, exchange)
      if (body.length > 0) stream.end(body, () => exchange.freeBody())
    } catch (cause) {
      exchange.fail(codedError(cause))
    }
  }

  ping(onPong: () => void): void {
    if (this.#session.closed || this.#session.destroyed) return
    this.#session.ping(error => {
      if (error === null) onPong()
    })
  }

  destroy(): void {
    this.#session.destroy()
  }
}

function linesOf({ request }: Exchange, length: number): OutgoingHttpHeaders {
  const { method, path, headers } = request
  const lines: OutgoingHttpHeaders = { ':method': method, ':path': path, 'content-length': length }
  for (const [name, value] of headers) lines[name] = value
  return lines
}

function receiveReply(stream: ClientHttp2Stream, exchange: Exchange): void {
  let status = 0
  let headers: IncomingHttpHeaders = {}
  stream.on('response', lines => {
    status = lines[':status'] ?? 0
    headers = lines
  })
  stream.on('data', (chunk: Uint8Array) => exchange.receive(chunk))
  stream.on('end', () => {
    if (status > 0 && isWhole(stream, headers, exchange.received))
      exchange.finish({ status, headers: readHeaders(headers) })
    else exchange.fail(new TransportError('transport.closed'))
  })
  // These come after every reply as well; an error, whose stack is costly, is made only if it is wanted.
  stream.on('error', cause => exchange.ended || exchange.fail(codedError(cause)))
  stream.on('close', () => exchange.ended || exchange.fail(new TransportError('transport.closed')))
}

/**
 * A stream that was reset ends as well, even without an error. Then the length is not what was said; where nothing was
 * said, the stream is closed before it has ended, and not after.
 */
function isWhole(stream: ClientHttp2Stream, headers: IncomingHttpHeaders, received: number): boolean {
  const said = headers['content-length']
  const cut = said === undefined ? stream.closed : Number(said) !== received
  return !cut && stream.rstCode === 0
}
