import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { type LinkTarget, NodeLinks, type NodeLinksOptions } from '@sotto/transport'
import { SottoError } from '@sotto/protocol/error'
import { seededRandom } from '@sotto/testing'
import { selfSigned } from './self-signed.ts'

export const certificate = selfSigned()
const { key, cert } = certificate
const native = ['held_retrieve.1']
const closers: (() => void)[] = []

/** Closes everything that a test has opened. */
export function closeAll(): void {
  for (const close of closers.splice(0)) close()
}

/** Has something closed at the end of the test. */
export function closing(close: () => void): void {
  closers.push(close)
}

export function newLinks(options: Partial<NodeLinksOptions> = {}): NodeLinks {
  const links = new NodeLinks({ random: seededRandom(1), ...options })
  closing(() => links.stop())
  return links
}

/** A server as nodes have it, for both versions of HTTP, with a record of what came in. */
export interface TestServer {
  readonly target: LinkTarget
  readonly server: Http2SecureServer
  readonly sessions: ServerHttp2Session[]
  readonly sockets: Set<Socket>
}

export type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

export async function startServer(handle: Handler): Promise<TestServer> {
  const settings = { maxConcurrentStreams: 10_000, initialWindowSize: 1024 * 1024 }
  const server = createSecureServer({ key, cert, allowHTTP1: true, settings, maxSessionMemory: 256 })
  const sessions: ServerHttp2Session[] = []
  const sockets = new Set<Socket>()
  server.on('session', session => sessions.push(session))
  server.on('secureConnection', socket => sockets.add(socket))
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => handle(request, response, Buffer.concat(chunks)))
    request.on('error', () => {})
  })
  server.on('sessionError', () => {})
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  closing(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { target: { ip: '127.0.0.1', port, capabilities: native }, server, sessions, sockets }
}

/** A server that speaks TLS and then whatever the test has it say. */
export async function startTls(protocols: string[], serve: (socket: TLSSocket) => void): Promise<LinkTarget> {
  const sockets = new Set<Socket>()
  const server = createTlsServer({ key, cert, ALPNProtocols: protocols }, socket => {
    sockets.add(socket.on('error', () => {}))
    serve(socket)
  })
  server.on('tlsClientError', () => {})
  return target(server, sockets, await listen(server))
}

/** A server that accepts connections and then does what the test says. */
export async function startTcp(serve: (socket: Socket) => void): Promise<LinkTarget> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => {}))
    serve(socket)
  })
  return target(server, sockets, await listen(server))
}

function target(server: Server, sockets: ReadonlySet<Socket>, port: number): LinkTarget {
  closing(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { ip: '127.0.0.1', port, capabilities: native }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise(resolve => server.close(resolve))
  return port
}

/** The code with which a promise rejects. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof SottoError ? error.code : error),
  )
}
