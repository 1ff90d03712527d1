/**
 * Loaded into a node's process before anything else (`--import`): writes what goes over its links and its HTTP/2 and HTTP/1.1
 * connections, after TLS, into the folder of `SOTTO_TAP`. `traffic.bin` has headers and bodies of both directions, `peers.txt` the addresses
 * of those who connected: the control that an address really reached this process.
 */
import { appendFileSync, mkdirSync, openSync, writeSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { type Duplex } from 'node:stream'
import tls, { type TLSSocket } from 'node:tls'
import { LINK_PROTOCOL } from '@sotto/protocol/link'

const folder = process.env['SOTTO_TAP'] ?? ''
mkdirSync(folder, { recursive: true })
const traffic = openSync(join(folder, 'traffic.bin'), 'a')

function note(data: unknown): void {
  if (typeof data === 'string' || data instanceof Uint8Array) writeSync(traffic, Buffer.from(data))
}

/** Whatever is pushed into a stream was received; whatever is written to it is sent. */
function tapStream(stream: Duplex): void {
  const push = stream.push.bind(stream)
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    note(chunk)
    return push(chunk, encoding)
  }
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean
  stream.write = ((...args: readonly unknown[]): boolean => {
    note(args[0])
    return write(...args)
  }) as typeof stream.write
  const end = stream.end.bind(stream) as (...args: readonly unknown[]) => typeof stream
  stream.end = ((...args: readonly unknown[]): typeof stream => {
    note(args[0])
    return end(...args)
  }) as typeof stream.end
}

function tapHttp1(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  note(`${incoming.method} ${incoming.url} ${JSON.stringify(incoming.rawHeaders)}\n`)
  const push = incoming.push.bind(incoming)
  incoming.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    note(chunk)
    return push(chunk, encoding)
  }
  for (const name of ['write', 'end'] as const) {
    const send = outgoing[name].bind(outgoing) as (...args: readonly unknown[]) => never
    outgoing[name] = ((...args: readonly unknown[]) => {
      note(args[0])
      return send(...args)
    }) as never
  }
}

function tapServer(server: http2.Http2SecureServer): void {
  server.prependListener('stream', (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
    note(`${JSON.stringify(headers)}\n`)
    tapStream(stream)
  })
  for (const name of ['request', 'checkContinue']) server.prependListener(name, onRequest)
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    appendFileSync(join(folder, 'peers.txt'), `${socket.remoteAddress ?? ''}\n`)
    tapLink(socket)
  })
}

/** Our own frames between nodes: there is no HTTP around them. */
function tapLink(socket: TLSSocket): void {
  if (socket.alpnProtocol !== LINK_PROTOCOL) return
  note(`${LINK_PROTOCOL}\n`)
  tapStream(socket)
}

/** HTTP/2 has been seen as a stream already. */
function onRequest(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  if (incoming instanceof http.IncomingMessage) tapHttp1(incoming, outgoing)
}

const createSecureServer = http2.createSecureServer.bind(http2)
http2.createSecureServer = ((...args: Parameters<typeof createSecureServer>) => {
  const server = createSecureServer(...args)
  tapServer(server)
  return server
}) as typeof http2.createSecureServer

const connect = http2.connect.bind(http2)
http2.connect = ((...args: Parameters<typeof connect>) => {
  const session = connect(...args)
  const request = session.request.bind(session)
  session.request = (headers, options) => {
    note(`${JSON.stringify(headers)}\n`)
    const stream = request(headers, options)
    tapStream(stream)
    return stream
  }
  return session
}) as typeof http2.connect

const connectTls = tls.connect.bind(tls) as (...args: readonly unknown[]) => TLSSocket
tls.connect = (...args: readonly unknown[]) => {
  const socket = connectTls(...args)
  socket.prependListener('secureConnect', () => tapLink(socket))
  return socket
}

syncBuiltinESMExports()
