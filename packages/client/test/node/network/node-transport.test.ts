import { once } from 'node:events'
import { type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Ed25519PublicKey, Ed25519KeyPair, Ed25519Seed, ed25519ToX25519 } from '@sotto/protocol/crypto'
import { nodeIdOf, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { NodeTransport, type NodeTransportOptions } from '@sotto/client/node'
import { failure } from '../../support/failure.ts'
import { selfSigned } from '../../support/self-signed.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

function transport(options: NodeTransportOptions = {}): NodeTransport {
  const made = new NodeTransport(options)
  onTestFinished(() => made.stop())
  return made
}

async function listen(server: Server): Promise<NodeEntry> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return guardAt((server.address() as AddressInfo).port)
}

async function startGuard(handle: RequestListener): Promise<NodeEntry> {
  return listen(createHttpsServer(selfSigned(), handle))
}

function guardAt(httpsPort: number): NodeEntry {
  const key: Ed25519PublicKey = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1))).publicKey
  return {
    ed25519: nodeIdOf(key),
    x25519: ed25519ToX25519(key),
    ip: '127.0.0.1',
    httpsPort,
    omqPort: 0,
    quicPort: 0,
    swarmId: UNASSIGNED_SWARM,
    version: [1, 0, 0],
    state: 'active',
    capabilities: [],
  }
}

const body = Uint8Array.of(1, 2, 3)

test('any status of a guard is an answer', async () => {
  const guard = await startGuard((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(503)
      response.end(Buffer.concat([Buffer.from(`${request.method} ${request.url} `), ...chunks]))
    })
  })
  const reply = await transport().post(guard, '/onion_req/v2', body, { timeoutMs: 10_000 })
  const said = new Uint8Array([...Buffer.from('POST /onion_req/v2 '), ...body])
  // How long a library for HTTP/1.1 reads the request is not known.
  expect(reply).toEqual({ status: 503, body: said, requestIsFree: false })
})

test('nobody there, silence, and a change of mind are told apart', async () => {
  const closed = createServer()
  const guard = await listen(closed)
  closed.close()
  await expect(transport().post(guard, '/onion_req/v2', body, { timeoutMs: 10_000 })).rejects.toEqual(
    code('network.unreachable'),
  )
  const silent = await listen(createServer(() => {}))
  await expect(transport().post(silent, '/onion_req/v2', body, { timeoutMs: 100 })).rejects.toEqual(
    code('network.timed-out'),
  )
  const stop = new AbortController()
  const waiting = failure(transport().post(silent, '/onion_req/v2', body, { timeoutMs: 60_000, signal: stop.signal }))
  stop.abort()
  expect(await waiting).toEqual(code('network.aborted'))
  const stopped = transport()
  stopped.stop()
  await expect(stopped.post(guard, '/onion_req/v2', body, { timeoutMs: 100 })).rejects.toEqual(code('network.stopped'))
})

test('with a proxy nothing is connected to directly', async () => {
  let direct = 0
  const guard = await listen(createServer(() => (direct += 1)))
  const greetings: Buffer[] = []
  const proxy = await listen(
    createServer(socket => {
      socket.once('data', (chunk: Buffer) => {
        greetings.push(chunk)
        socket.end(Uint8Array.of(5, 0xff))
      })
    }),
  )
  const through = transport({ socks5: { host: proxy.ip, port: proxy.httpsPort } })
  await expect(through.post(guard, '/onion_req/v2', body, { timeoutMs: 10_000 })).rejects.toEqual(
    code('network.unreachable'),
  )
  expect(greetings).toEqual([Buffer.from([5, 1, 0])])
  expect(direct).toBe(0)
})
