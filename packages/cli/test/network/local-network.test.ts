import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalNetwork } from '../../src/network/local-network.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { httpsPost as post } from './https-post.ts'
import { rawClient, runRawClient as runClient } from './run-raw-client.ts'
import { temporaryFolder, testNetwork } from './test-network.ts'

const { folder, remove } = temporaryFolder()
let network: LocalNetwork
let report: ReadyReport

beforeAll(async () => {
  network = testNetwork(folder)
  report = await network.start()
})
afterAll(async () => {
  await network.stop()
  remove()
})

const storageUrl = (): string => `https://127.0.0.1:${report.nodes[0]?.httpsPort}/storage_rpc/v1`
const account = `05${'ab'.repeat(32)}`
const storeOf = (data: string) => ({
  method: 'store',
  params: { pubkey: account, timestamp: Date.now(), ttl: 86_400_000, data },
})

test('twelve nodes in swarms of seven and five, 2^63 apart', () => {
  const swarms = report.nodes.map(({ swarm }) => swarm)
  expect(swarms.filter(swarm => swarm === '0000000000000000').length).toBe(7)
  expect(swarms.filter(swarm => swarm === '8000000000000000').length).toBe(5)
  expect(new Set(report.nodes.map(({ ed25519 }) => ed25519)).size).toBe(12)
  expect(report.registry).toContain(folder)
})

test('the example client imports nothing of ours', () => {
  const source = readFileSync(rawClient, 'utf8')
  const imports = [...source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '')
  expect(imports.length).toBeGreaterThan(5)
  for (const name of imports) expect(name).toMatch(/^(?:node:|@noble\/)/)
  expect(source).not.toMatch(/@sotto|\brequire\b/)
})

test.for(['http', 'https'])('the example client does its round over a seed by %s', async protocol => {
  const { code, output } = await runClient(protocol === 'http' ? report.seed : report.seedTls)
  expect(output).toContain('12 nodes in 2 swarms')
  for (const way of ['directly', 'three hops, aes-gcm', 'three hops, xchacha20'])
    expect(output).toContain(`${way}: stored`)
  expect(code).toBe(0)
})

test('a plain HTTPS client sends batches', async () => {
  const requests = [
    { method: 'get_swarm', params: { pubkey: account } },
    { method: 'info', params: {} },
  ]
  const { status, text } = await post(storageUrl(), JSON.stringify({ method: 'batch', params: { requests } }))
  expect(status).toBe(200)
  const { results } = JSON.parse(text) as { results: { code: number; body: Record<string, unknown> }[] }
  expect(results.map(({ code }) => code)).toEqual([200, 200])
  expect(results[0]?.body['snodes']).toBeInstanceOf(Array)
  expect(results[1]?.body['capabilities']).toEqual(expect.arrayContaining(['held_retrieve.1', 'member_link.1']))
})

test('a wrong request is refused in words, and so is a wrong path', async () => {
  expect(await post(storageUrl(), 'x')).toMatchObject({ status: 400 })
  expect(await post(storageUrl().replace('/v1', '/v2'), '{}')).toEqual({
    status: 404,
    text: 'post /storage_rpc/v2 Not Found',
  })
})

test('tells how it is', async () => {
  const status = (await network.status()) as ReadyReport & {
    states: { running: boolean; stats: Record<string, number> }[]
  }
  expect(status.seed).toBe(report.seed)
  expect(status.states.every(({ running }) => running)).toBe(true)
  const onions = status.states.reduce((sum, { stats }) => sum + (stats['total_onion_requests'] ?? 0), 0)
  expect(onions).toBeGreaterThan(0)
})

test('what was stored survives a restart, on the same ports; a fresh network knows nothing', async () => {
  const swarm = await post(storageUrl(), JSON.stringify({ method: 'get_swarm', params: { pubkey: account } }))
  const { snodes } = JSON.parse(swarm.text) as { snodes: { port_https: number }[] }
  const member = `https://127.0.0.1:${snodes[0]?.port_https}/storage_rpc/v1`
  const read = async (hash: string): Promise<string> => (await post(member, JSON.stringify(storeOf(hash)))).text
  const first = JSON.parse(await read('aGVsbG8=')) as { hash: string; swarm: Record<string, { already?: unknown }> }
  expect(Object.values(first.swarm).some(({ already }) => Boolean(already))).toBe(false)

  await network.stop()
  network = testNetwork(folder)
  const again = await network.start()
  expect(again.nodes).toEqual(report.nodes)
  expect(again.signer).toBe(report.signer)
  const second = JSON.parse(await read('aGVsbG8=')) as typeof first
  expect(second.hash).toBe(first.hash)
  expect(Object.values(second.swarm).every(({ already }) => Boolean(already))).toBe(true)

  await network.stop()
  network = testNetwork(folder, { fresh: true, nodes: 3, swarms: 1 })
  report = await network.start()
  expect(report.nodes.length).toBe(3)
  expect(report.signer).not.toBe(again.signer)
  expect(report.nodes.map(({ ed25519 }) => ed25519)).not.toContain(again.nodes[0]?.ed25519)
})
