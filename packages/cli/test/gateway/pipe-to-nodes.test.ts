import { readFileSync } from 'node:fs'
import { PipeTransport } from '@sotto/client/web'
import { systemClock } from '@sotto/client/node'
import { Gateway } from '@sotto/gateway'
import { decodeHex, utf8Decode } from '@sotto/protocol/encoding'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { buildOnion, drawLayerSecrets, openReply } from '@sotto/protocol/onion'
import { formatRequest } from '@sotto/protocol/storage'
import { type NodeEntry, openRegistry, StaticDirectory } from '@sotto/registry'
import { systemRandom } from '@sotto/server'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../network/test-network.ts'

const { folder, remove } = temporaryFolder()
let network: LocalNetwork
let report: ReadyReport
let nodes: readonly NodeEntry[] = []

beforeAll(async () => {
  network = testNetwork(folder, { nodes: 3, swarms: 1 })
  report = await network.start()
})
afterAll(async () => {
  await network.stop()
  remove()
})

/** As a browser finds out who the nodes are. */
async function fetchNodes(origin: string): Promise<readonly NodeEntry[]> {
  const get = async (path: string): Promise<Response> => fetch(`${origin}/.well-known/sotto/${path}`)
  const key = ed25519PublicKey(decodeHex(await (await get('directory-key')).text()))
  const file = new Uint8Array(await (await get('directory')).arrayBuffer())
  return openRegistry(file, { trustedKeys: [key], allowLocal: true }, Date.now()).list.nodes
}

function transportTo(origin: string): PipeTransport {
  const url = `${origin.replace('http', 'ws')}/pipe`
  const transport = new PipeTransport({ url, WebSocket, clock: systemClock, random: systemRandom })
  onTestFinished(() => transport.close())
  return transport
}

/** Asks until the nodes have found each other: those that start together may have missed the first call. */
async function askInfo(transport: PipeTransport): Promise<string> {
  return vi.waitFor(async () => askOnce(transport), { timeout: 30_000, interval: 100 })
}

/** Asks the last of three nodes who it is, through the others. */
async function askOnce(transport: PipeTransport): Promise<string> {
  const [guard, middle, last] = nodes
  if (guard === undefined || middle === undefined || last === undefined) throw new Error('three were expected')
  const [first, second, destination] = [guard, middle, last].map(each => ({ id: each.ed25519, key: each.x25519 }))
  if (first === undefined || second === undefined || destination === undefined) throw new Error('three were expected')
  const path = { hops: [first, second], destination: { kind: 'node', ...destination } } as const
  const secrets = drawLayerSecrets(systemRandom, 'aes-gcm', 3)
  const { request, keys } = buildOnion(formatRequest({ method: 'info', params: {} }), path, secrets, {
    cipher: 'aes-gcm',
  })
  const { status, body } = await transport.post(guard, '/onion_req/v2', request, { timeoutMs: 30_000 })
  expect(status).toBe(200)
  return JSON.stringify(openReply(body, keys), showBytes)
}

function showBytes(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? utf8Decode(value) : value
}

test('a browser finds the nodes of the network by its gateway alone', async () => {
  nodes = await fetchNodes(report.gateway)
  expect(nodes.map(({ ed25519 }) => ed25519).toSorted()).toEqual(report.nodes.map(({ ed25519 }) => ed25519).toSorted())
  const key = await (await fetch(`${report.gateway}/.well-known/sotto/directory-key`)).text()
  expect(key).toBe(report.signer)
})

test('an onion through three real nodes and back', async () => {
  expect(await askInfo(transportTo(report.gateway))).toContain('held_retrieve.1')
})

test('what is no onion is answered by the guard, and the answer comes through', async () => {
  const [guard] = nodes
  if (guard === undefined) throw new Error('a node was expected')
  const transport = transportTo(report.gateway)
  const { status } = await transport.post(guard, '/onion_req/v2', new Uint8Array(100), { timeoutMs: 30_000 })
  expect(status).toBeGreaterThanOrEqual(400)
})

test('a gateway that is started again is found again', async () => {
  const port = await findFreePorts(1, '127.0.0.1', systemRandom)
  const policy = { trustedKeys: [ed25519PublicKey(decodeHex(report.signer))], allowLocal: true }
  const directory = new StaticDirectory(openRegistry(readFileSync(report.registry), policy, Date.now()))
  const start = async (): Promise<Gateway> => {
    const listen = { host: '127.0.0.1', port }
    const gateway = new Gateway({ listen, directory, clock: systemClock, random: systemRandom })
    await gateway.start()
    onTestFinished(async () => gateway.stop(0))
    return gateway
  }
  const transport = transportTo(`http://127.0.0.1:${port}`)
  const first = await start()
  expect(await askInfo(transport)).toContain('held_retrieve.1')
  await first.stop(0)
  const waiting = askInfo(transport)
  await start()
  expect(await waiting).toContain('held_retrieve.1')
})
