import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http'
import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { LINK_PROTOCOL } from '@sotto/protocol/link'
import type { Certificate } from '../tls/certificate.ts'
import type { ListenerLimits } from './limits.ts'

/** What a server of Node's tells about. */
export interface ServerCallbacks {
  /** `expects` is set when the client waits for `100 Continue` before it sends its body. */
  readonly onHttp1: (incoming: IncomingMessage, outgoing: ServerResponse, expects: boolean) => void
  readonly onHttp2: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: readonly string[]) => void
  readonly onSession: (session: ServerHttp2Session) => void
  /** A connection is ready for HTTP/1.1. */
  readonly onSocket: (socket: Socket) => void
  /** A connection is ready for our own frames. Absent: they are not offered. */
  readonly onLink?: ((socket: TLSSocket) => void) | undefined
  /** What came is no HTTP, or its headers are too large or too slow. */
  readonly onMalformed: () => void
  readonly onHandshakeFailed: () => void
}

/** Either kind of server of Node's. */
export type NodeServer = HttpServer | Http2SecureServer

const megabyte = 1_048_576

/** HTTP/2, HTTP/1.1 and links between nodes on one port, chosen by ALPN; without a certificate plain HTTP/1.1. */
export function createNodeServer(
  tls: Certificate | undefined,
  limits: ListenerLimits,
  callbacks: ServerCallbacks,
): NodeServer {
  const server = tls === undefined ? createServer(http1Options(limits)) : createBoth(tls, limits, callbacks)
  if (tls === undefined) server.on('connection', callbacks.onSocket)
  // One more than is allowed, so that a request with too many is noticed rather than cut.
  ;(server as HttpServer).maxHeadersCount = limits.maxHeaders + 1
  const { onHttp1 } = callbacks
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => onHttp1(incoming, outgoing, false))
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => onHttp1(incoming, outgoing, true))
  server.on('clientError', (error: Error, socket: Socket) => {
    callbacks.onMalformed()
    answerMalformed(error, socket)
  })
  if (tls !== undefined) takeStreams(server as Http2SecureServer, callbacks)
  return server
}

/**
 * Adding a listener for `request` makes Node wrap every stream of HTTP/2 for it as well. We take the streams as they are,
 * which costs a third less.
 */
function takeStreams(server: Http2SecureServer, { onHttp2 }: ServerCallbacks): void {
  server.removeAllListeners('stream')
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    onHttp2(stream, headers, raw)
  })
}

function http1Options({ maxHeaderBytes, headersTimeoutMs, bodyTimeoutMs, idleTimeoutMs }: ListenerLimits): object {
  return {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: headersTimeoutMs + bodyTimeoutMs,
    connectionsCheckingInterval: Math.min(headersTimeoutMs, 5000),
    keepAliveTimeout: idleTimeoutMs,
    requireHostHeader: false,
  }
}

function createBoth(tls: Certificate, limits: ListenerLimits, callbacks: ServerCallbacks): Http2SecureServer {
  const server = createSecureServer({
    allowHTTP1: true,
    ALPNCallback: ({ protocols }) => spoken(callbacks).find(protocol => protocols.includes(protocol)),
    ...http1Options(limits),
    http1Options: http1Options(limits),
    cert: tls.certificatePem,
    key: tls.keyPem.expose(),
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.handshakeTimeoutMs,
    // Long enough for bodies of 10 MiB on several streams of one link between nodes.
    maxSessionMemory: 64,
    // A gateway may lose thousands of clients at once, and resets a held request for each; then no more than this a second.
    streamResetBurst: limits.maxStreams,
    streamResetRate: 200,
    maxHeaderListPairs: limits.maxHeaders + 8,
    settings: {
      maxConcurrentStreams: limits.maxStreams,
      maxHeaderListSize: limits.maxHeaderBytes,
      initialWindowSize: megabyte,
      enablePush: false,
    },
  })
  server.on('tlsClientError', callbacks.onHandshakeFailed)
  server.on('secureConnection', socket => {
    if (socket.alpnProtocol !== 'h2' && socket.alpnProtocol !== LINK_PROTOCOL) callbacks.onSocket(socket)
  })
  if (callbacks.onLink !== undefined) takeLinks(server, callbacks.onLink)
  server.on('session', session => {
    session.setLocalWindowSize(16 * megabyte)
    callbacks.onSession(session)
  })
  return server
}

/** What can be agreed on, the dearest first. */
function spoken({ onLink }: ServerCallbacks): readonly string[] {
  return onLink === undefined ? ['h2', 'http/1.1'] : [LINK_PROTOCOL, 'h2', 'http/1.1']
}

/** Node takes every connection that has not agreed on HTTP/1.1 for one of HTTP/2: links are taken out before it looks. */
function takeLinks(server: Http2SecureServer, onLink: (socket: TLSSocket) => void): void {
  const others = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[]
  server.removeAllListeners('secureConnection')
  server.on('secureConnection', socket => {
    if (socket.alpnProtocol === LINK_PROTOCOL) onLink(socket)
    else for (const listener of others) listener.call(server, socket)
  })
}

const malformedStatus: ReadonlyMap<unknown, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

function answerMalformed(error: Error, socket: Socket): void {
  const status = malformedStatus.get('code' in error ? error.code : undefined) ?? 400
  if (!socket.writable) return void socket.destroy()
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  socket.destroySoon()
}
