import { MAX_ONION_SIZE, type OnionNode, openReply, V4_TARGET } from '@sotto/protocol/onion'
import { x25519PublicKey } from '@sotto/protocol/crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type HttpsReply } from './https-client.ts'
import { random, seal } from './onion/relays.ts'
import { type RunningNode, type RunningNodes, runNodes } from './running-nodes.ts'

let running: RunningNodes
let guard: RunningNode
beforeAll(async () => {
  running = await runNodes(5, { dead: [4], decommissioned: [3], config: {} })
  guard = at(0)
})
afterAll(async () => running.stop())

function at(index: number): RunningNode {
  const node = running.nodes[index]
  if (node === undefined) throw new RangeError('there is no such node')
  return node
}

const hop = ({ identity }: RunningNode): OnionNode => ({ id: identity.id, key: identity.x25519.publicKey })

/** Sends a storage request through some nodes to the last of them. */
async function throughOnion(path: readonly number[], rpc: string) {
  const nodes = path.map(index => hop(at(index)))
  const last = nodes.at(-1)
  if (last === undefined) throw new RangeError('an onion needs a destination')
  const onion = seal({ hops: nodes.slice(0, -1), destination: { kind: 'node', ...last } }, rpc, 'xchacha20')
  const reply = await ask(`${at(path[0] ?? 0).url}/onion_req/v2`, onion.request)
  return { reply, open: () => openReply(reply.body, onion.keys) }
}

const info = '{"method":"info","params":{}}'

test('names its product, and nothing of a path that there is not', async () => {
  const reply = await ask(`${guard.url}/storage_rpc/v2?x=1`, '{}')
  expect(reply).toMatchObject({ status: 404, text: 'post /storage_rpc/v2 Not Found' })
  expect(reply.headers).toMatchObject({ server: 'Oxen Storage Server/2.8.0', 'content-type': 'text/plain' })
  for (const path of ['/storage_rpc/v1', '/onion_req/v2', '/ping_test/v1']) {
    const { status, text } = await ask(`${guard.url}${path}`, '', { method: 'GET' })
    expect({ status, text }).toEqual({ status: 404, text: `get ${path} Not Found` })
  }
})

test('tells the outside its version and nothing more', async () => {
  const { status, text, headers } = await ask(`${guard.url}/get_stats/v1`, '', { method: 'GET' })
  expect({ status, text }).toEqual({ status: 200, text: '{"version":"2.8.0"}' })
  expect(headers['content-type']).toBe('application/json')
})

test('answers a ping with its key', async () => {
  const { status, headers } = await ask(`${guard.url}/ping_test/v1`)
  expect(status).toBe(200)
  expect(headers['x-oxen-snode-pubkey']).toBe(Buffer.from(guard.identity.ed25519.publicKey).toString('base64'))
})

test('takes 10 MiB and not a byte more', async () => {
  const fits = await ask(`${guard.url}/onion_req/v2`, new Uint8Array(MAX_ONION_SIZE))
  expect(fits.status).toBe(400)
  const refused = await ask(`${guard.url}/onion_req/v2`, '', {
    headers: { 'content-length': String(MAX_ONION_SIZE + 1) },
  })
  expect(refused).toMatchObject({ status: 413, text: 'Request body too large' })
})

test('does not serve what is obsolete', async () => {
  for (const path of ['/storage_rpc/v1', '/onion_req/v2']) {
    expect((await ask(`${guard.url}${path}`, '{}', { headers: { 'x-loki-long-poll': '1' } })).status).toBe(410)
  }
})

test('answers storage requests directly', async () => {
  const reply = await ask(`${guard.url}/storage_rpc/v1`, info)
  expect(reply.status).toBe(200)
  expect(reply.headers['content-type']).toBe('application/json')
  expect(JSON.parse(reply.text)).toMatchObject({
    version: [2, 8, 0],
    capabilities: ['held_retrieve.1', 'member_link.1', 'node_link.1'],
  })
  expect(await ask(`${guard.url}/storage_rpc/v1`, '{"method":"explode","params":{}}')).toMatchObject({
    status: 400,
    text: 'no method explode',
  })
})

test.for([{ path: [0] }, { path: [0, 1] }, { path: [0, 1, 2] }, { path: [0, 1, 2, 0] }])(
  'answers through an onion: $path',
  async ({ path }) => {
    const { reply, open } = await throughOnion(path, info)
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('text/plain')
    expect(open()).toMatchObject({ from: 'node', status: 200 })
  },
)

test('an onion of megabytes passes', async () => {
  const rpc = info + ' '.repeat(5_000_000)
  const { open } = await throughOnion([0, 1, 2], rpc)
  expect(open()).toMatchObject({ from: 'node', status: 200 })
})

test('a dead node shows as a time-out, at once', async () => {
  for (const path of [
    [0, 4],
    [0, 4, 1],
    [0, 1, 4],
  ]) {
    const { reply } = await throughOnion(path, info)
    expect({ path, status: reply.status, text: reply.text }).toEqual({ path, status: 504, text: 'Request time out' })
  }
})

test('a node that serves no swarm relays, and answers nothing', async () => {
  expect((await throughOnion([0, 3, 1], info)).open()).toMatchObject({ status: 200 })
  expect((await throughOnion([3, 1, 2], info)).open()).toMatchObject({ status: 200 })
  const { reply } = await throughOnion([0, 3], info)
  expect(reply).toMatchObject({ status: 503, text: `Snode not ready: ${at(3).identity.id}` })
  expect(await ask(`${at(3).url}/storage_rpc/v1`, info)).toMatchObject({
    status: 503,
    text: 'Service node is not ready: not in a swarm\n',
  })
})

test('no server in a private network is asked', async () => {
  const address = { host: '127.0.0.1', port: guard.port, protocol: 'https', target: V4_TARGET } as const
  const destination = { kind: 'server', key: x25519PublicKey(random(32)), address } as const
  const onion = seal({ hops: [hop(guard), hop(at(1))], destination }, 'x')
  const reply: HttpsReply = await ask(`${guard.url}/onion_req/v2`, onion.request)
  expect(reply.status).toBe(200)
  expect(openReply(reply.body, onion.keys)).toMatchObject({ from: 'hop', hop: 1, status: 400, body: 'Invalid url' })
})

test('counts what it did', async () => {
  const stats = await guard.node.stats()
  expect(stats).toMatchObject({ version: '2.8.0', peers: 4, onions_pending: 0, total_stored: 0 })
  expect(stats['total_onion_requests']).toBeGreaterThan(5)
})

test('the admin port shows health, metrics and statistics', async () => {
  const admin = { host: '127.0.0.1', port: 0 }
  const { nodes, stop } = await runNodes(1, { config: { admin } })
  const [only] = nodes
  const base = `http://127.0.0.1:${only?.node.adminPort}`
  const get = async (path: string) => fetch(`${base}${path}`, { headers: { connection: 'close' } })
  expect(await (await get('/health')).json()).toEqual({ ready: true, reasons: [] })
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toContain('sotto_node_ready 1')
  expect(metrics).toContain('sotto_http_unhandled_errors_total 0')
  expect(await (await get('/get_stats/v1')).json()).toMatchObject({ total_store_requests: 0, db_max: 3_758_096_384 })
  expect((await get('/storage_rpc/v1')).status).toBe(404)
  await stop()
  expect(await ask(`${base}/health`).catch(() => 'gone')).toBe('gone')
})

test('a stop answers who waits, and then nobody', async () => {
  const { nodes, stop } = await runNodes(2)
  const [first, second] = nodes
  if (first === undefined || second === undefined) return expect.fail()
  const retrieve = { pubkey: `05${'cd'.repeat(32)}`, namespace: -10 }
  const held = JSON.stringify({ method: 'held_retrieve', params: { hold: 25_000, retrieves: [retrieve] } })
  const answer = ask(`${first.url}/storage_rpc/v1`, held)
  // The node is in this process: it needs turns of the event loop to take the request.
  while ((await first.node.stats())['held_retrieves'] === 0) await nextTurn()
  const stopping = stop()
  expect(JSON.parse((await answer).text)).toMatchObject({ why: 'stop' })
  await stopping
  await expect(ask(`${first.url}/storage_rpc/v1`, info)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
