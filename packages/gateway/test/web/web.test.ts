import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { nodeDraft } from '../support/fake-guard.ts'
import { registryFile, signer, startGateway, verifiedList } from '../support/test-gateway.ts'

const until = { timeout: 20_000, interval: 5 }
const nodes = [nodeDraft(22_021)]
const directory = '/.well-known/sotto/directory'
let port = 0

async function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: 'close', ...headers } })
}

afterEach(() => {
  port = 0
})

test('the signed list is served as it is, and again only if it is another one', async () => {
  let file = registryFile(nodes)
  const started = await startGateway(nodes, { published: { read: async () => file } })
  port = started.gateway.port
  const reply = await get(directory)
  expect(reply.status).toBe(200)
  expect(new Uint8Array(await reply.arrayBuffer())).toEqual(file)
  expect(reply.headers.get('content-type')).toBe('application/json')
  expect(reply.headers.get('cache-control')).toBe('public, max-age=60')
  const tag = reply.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[0-9a-f]{32}"$/)

  const again = await get(directory, { 'if-none-match': `"x", W/${tag}` })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const head = await get(directory, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file.length)])

  file = registryFile([...nodes, nodeDraft(22_022)], 2n)
  started.directory.replace(verifiedList([...nodes, nodeDraft(22_022)], 2n))
  await vi.waitFor(async () => expect((await get(directory, { 'if-none-match': tag })).status).toBe(200), until)
})

test('a list that cannot be read is served as it was', async () => {
  let broken = false
  const read = async (): Promise<Uint8Array> => {
    if (broken) throw new Error('the disk is gone')
    return registryFile(nodes)
  }
  const started = await startGateway(nodes, { published: { read } })
  port = started.gateway.port
  broken = true
  started.directory.replace(verifiedList([nodeDraft(22_023)], 2n))
  expect((await get(directory)).status).toBe(200)
})

test('without a list to publish there is none, and no key', async () => {
  port = (await startGateway(nodes)).gateway.port
  for (const path of [directory, `${directory}-key`]) expect((await get(path)).status).toBe(404)
})

test('the key of the network on this machine is told on loopback only', async () => {
  const published = { read: async () => registryFile(nodes), localKey: signer.publicKey }
  port = (await startGateway(nodes, { published })).gateway.port
  expect(await (await get(`${directory}-key`)).text()).toBe(encodeHex(signer.publicKey))
  port = (await startGateway(nodes, { published, listen: { host: '0.0.0.0', port: 0 } })).gateway.port
  expect((await get(`${directory}-key`)).status).toBe(404)
  expect((await get(directory)).status).toBe(200)
})

test('pages of other sites cannot read the list', async () => {
  const published = { read: async () => registryFile(nodes) }
  port = (await startGateway(nodes, { published, origins: ['https://chat.example.org'] })).gateway.port
  const allowedFor = async (origin: string): Promise<string | null> =>
    (await get(directory, { origin })).headers.get('access-control-allow-origin')
  expect(await allowedFor('https://chat.example.org')).toBe('https://chat.example.org')
  expect(await allowedFor(`http://localhost:${port}`)).toBe(`http://localhost:${port}`)
  expect(await allowedFor('https://evil.example')).toBe(null)
})

test('the app is served where nothing else is', async () => {
  const page = { bytes: utf8Encode('<p>app'), contentType: 'text/html', headers: { 'cache-control': 'no-cache' } }
  const assets = (path: string) => (path === '/' ? page : undefined)
  port = (await startGateway(nodes, { assets, published: { read: async () => registryFile(nodes) } })).gateway.port
  const reply = await get('/')
  expect([reply.status, await reply.text()]).toEqual([200, '<p>app'])
  expect(reply.headers.get('content-type')).toBe('text/html')
  expect(reply.headers.get('cache-control')).toBe('no-cache')
  expect((await get('/', {}, 'HEAD')).headers.get('content-length')).toBe('6')
  expect((await get('/', {}, 'POST')).status).toBe(404)
  expect((await get('/other')).status).toBe(404)
  expect((await get(directory)).headers.get('content-type')).toBe('application/json')
})

test('health and metrics have a port of their own', async () => {
  const { gateway } = await startGateway(nodes)
  port = gateway.port
  for (const path of ['/health', '/metrics']) expect((await get(path)).status).toBe(404)
  port = gateway.adminPort
  expect(await (await get('/health')).json()).toEqual({ ready: true, reasons: [] })
  expect(await (await get('/metrics')).text()).toContain('sotto_gateway_pipes 0')
})
