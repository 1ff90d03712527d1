import { randomBytes } from 'node:crypto'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { type NodeId, nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { type NodeDraft } from '@sotto/registry'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'
import { onTestFinished } from 'vitest'

/** One certificate for all tests: making a key takes longer than most of them. */
const certificate = createCertificate(systemClock.now(), systemRandom)

/** What a guard does with a request. */
export type GuardHandler = (body: Buffer, response: ServerResponse, request: IncomingMessage) => void

/** A node as a gateway sees it, which answers as the test says. */
export interface FakeGuard {
  readonly id: NodeId
  /** Its entry in a list. */
  readonly draft: NodeDraft
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>
  /** Requests that have not been answered and not been given up. */
  readonly waiting: Set<ServerResponse>
  /** How many requests were given up by who had asked. */
  readonly givenUp: () => number
}

/** Answers as nodes do, who say how long their answer is. */
export function answer(response: ServerResponse, body: Buffer | string, status = 200): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body)
}

/** Answers with what it got. */
export const echo: GuardHandler = (body, response) => answer(response, body)

/** Never answers by itself: see `waiting`. */
export const hold: GuardHandler = () => {}

/** Starts one that multiplexes, or, as existing nodes, does not. */
export async function startGuard(handle: GuardHandler, kind: 'native' | 'compat' = 'native'): Promise<FakeGuard> {
  const server = createSecureServer({
    cert: certificate.certificatePem,
    key: certificate.keyPem.expose(),
    allowHTTP1: true,
    settings: { maxConcurrentStreams: 10_000, initialWindowSize: 1_048_576 },
    maxSessionMemory: 256,
  })
  const sockets = new Set<Socket>()
  const waiting = new Set<ServerResponse>()
  let givenUp = 0
  server.on('secureConnection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('sessionError', () => {})
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    waiting.add(response)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    response.on('close', () => {
      waiting.delete(response)
      if (!response.writableEnded) givenUp += 1
    })
    request.on('end', () => handle(Buffer.concat(chunks), response, request))
  })
  const port = await listen(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const draft = nodeDraft(port, kind === 'native' ? ['held_retrieve.1'] : [])
  return { id: draft.ed25519, draft, sockets, waiting, givenUp: () => givenUp }
}

/** A node of which nothing but its port is true. */
export function nodeDraft(httpsPort: number, capabilities: readonly string[] = ['held_retrieve.1']): NodeDraft {
  const { publicKey } = new Ed25519KeyPair(new Ed25519Seed(Uint8Array.from(randomBytes(32))))
  const place = { ip: '127.0.0.1', httpsPort, omqPort: 0, quicPort: 0, swarmId: toSwarmId(0n) }
  return { ed25519: nodeIdOf(publicKey), ...place, version: [2, 8, 0], state: 'active', capabilities }
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

async function listen(server: Http2SecureServer): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
