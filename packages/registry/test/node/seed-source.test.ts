import { createServer, type Server } from 'node:https'
import { type AddressInfo } from 'node:net'
import { answerJsonRpc, MajorityDirectory, type NodeDraft, verifyRegistry } from '@sotto/registry'
import { fetchFromSeeds, mainnetSeeds, type Seed, SeedError, type SeedOptions } from '@sotto/registry/node'
import { concatBytes } from '@sotto/protocol/encoding'
import { seededRandom } from '@sotto/testing'
import { afterEach, expect, test } from 'vitest'
import { draftNode, now, policy, signed } from '../sample.ts'
import { selfSigned } from './self-signed.ts'

const certificate = selfSigned()
const servers: Server[] = []
const clock = { now: () => now }

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Answer = (body: Uint8Array) => Uint8Array | 'hang' | 'huge' | 'not json' | 'refuse'

async function seed(answer: Answer): Promise<Seed> {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      const reply = answer(concatBytes(...chunks))
      if (reply === 'hang') return
      response.statusCode = reply === 'refuse' ? 503 : 200
      response.setHeader('Content-Type', reply === 'not json' ? 'text/html' : 'application/json')
      if (reply === 'huge') response.write(new Uint8Array(9 * 1024 * 1024))
      response.end(typeof reply === 'string' ? '' : reply)
    })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.1:${port}/`, publicKeySha256: certificate.publicKeySha256 }
}

function answering(nodes: readonly NodeDraft[], sequence = 7n): Answer {
  const { list } = verifyRegistry(signed(nodes, { sequence }), { ...policy, allowLocal: true }, now)
  return body => answerJsonRpc(body, { list, hardFork: [19, 3], random: seededRandom(1) })
}

const nodes = Array.from({ length: 24 }, (_, at) => draftNode(at))
const honest = answering(nodes)

async function fetch(seeds: readonly Seed[], more: Partial<SeedOptions> = {}): Promise<unknown> {
  const { signal } = new AbortController()
  return fetchFromSeeds({ seeds, clock, signal, attempts: 1, timeoutMs: 2000, ...more })
}

async function codes(promise: Promise<unknown>): Promise<readonly string[]> {
  const error = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof SeedError)) throw error
  return [error.code, ...(error.cause instanceof SeedError ? [error.cause.code] : [])]
}

test('the list on which seeds agree makes a directory', async () => {
  const seeds = await Promise.all([honest, honest, honest].map(seed))
  const { signal } = new AbortController()
  const list = await fetchFromSeeds({ seeds, clock, signal })
  const expected = verifyRegistry(signed(nodes, { sequence: 7n }), policy, now).list
  expect(list).toMatchObject({ number: 7n, timestamp: now })
  expect(list.nodes).toEqual(expected.nodes.toSorted((a, b) => (a.ed25519 < b.ed25519 ? -1 : 1)))
  expect(new MajorityDirectory(list).trust()).toBe('majority')
})

test('one liar among three changes nothing, two are not believed', async () => {
  const liar = answering([...nodes.slice(1), draftNode(99), draftNode(100)], 1_000_000n)
  const list = await fetch(await Promise.all([liar, honest, honest].map(seed)), { minNodes: 20 })
  const plain = await fetch(await Promise.all([honest, honest].map(seed)))
  expect(list).toEqual(plain)
  const other = answering(nodes.map(node => ({ ...node, ip: node.ip.replace('8.8', '9.9') })))
  const third = answering(nodes.map(node => ({ ...node, ip: node.ip.replace('8.8', '9.8') })))
  expect(await codes(fetch(await Promise.all([honest, other, third].map(seed))))).toEqual(['seed.disagreement'])
})

test('a seed that is silent, refuses or sends nonsense says nothing', async () => {
  const broken: readonly (readonly [Answer, string])[] = [
    [() => 'refuse', 'seed.bad-reply'],
    [() => 'not json', 'seed.bad-reply'],
    [() => 'huge', 'seed.too-large'],
  ]
  for (const [answer, code] of broken) {
    expect(await codes(fetch([await seed(answer)]))).toEqual(['seed.too-few-answers', code])
  }
  expect(await codes(fetch([await seed(() => 'hang')], { timeoutMs: 200 }))).toEqual([
    'seed.too-few-answers',
    'seed.timeout',
  ])
  const three = await Promise.all([honest, honest, () => 'refuse' as const].map(seed))
  expect(await fetch(three)).toMatchObject({ number: 7n })
})

test('a wrong certificate is refused before anything is sent', async () => {
  let asked = 0
  const good = await seed(body => {
    asked++
    return honest(body)
  })
  const wrong = selfSigned()
  const pins: readonly Partial<Seed>[] = [
    { publicKeySha256: wrong.publicKeySha256 },
    { certificateSha256: wrong.certificateSha256 },
  ]
  for (const pin of pins) {
    expect(await codes(fetch([{ ...good, ...pin }]))).toEqual(['seed.too-few-answers', 'seed.wrong-certificate'])
  }
  expect(await codes(fetch([{ url: good.url }]))).toEqual(['seed.too-few-answers', 'seed.wrong-certificate'])
  expect(asked).toBe(0)
  const colons = certificate.certificateSha256.toUpperCase().replaceAll(/(..)(?!$)/g, '$1:')
  expect(await fetch([{ ...good, certificateSha256: colons }])).toMatchObject({ number: 7n })
})

test('fewer nodes than wanted are no list', async () => {
  expect(await codes(fetch([await seed(answering(nodes.slice(1)))]))).toEqual(['seed.disagreement'])
})

test('settings with which two lists could win are refused', async () => {
  const pair = await Promise.all([honest, honest].map(seed))
  expect(await codes(fetch(pair, { needed: 1 }))).toEqual(['seed.bad-settings'])
  expect(await codes(fetch(pair, { needed: 3 }))).toEqual(['seed.bad-settings'])
  expect(await codes(fetch([]))).toEqual(['seed.bad-settings'])
  const plain = { url: 'http://127.0.0.1:1/', publicKeySha256: 'x' }
  expect(await codes(fetch([plain]))).toEqual(['seed.too-few-answers', 'seed.bad-settings'])
})

test('seeds are asked again, and not once the signal has stopped it', async () => {
  let asked = 0
  const shy = await seed(body => (++asked < 3 ? 'refuse' : honest(body)))
  expect(await fetch([shy], { attempts: 4, retryDelayMs: 1 })).toMatchObject({ number: 7n })
  expect(asked).toBe(3)
  const control = new AbortController()
  const waiting = fetch([await seed(() => 'hang')], { signal: control.signal, attempts: 4 })
  control.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
})

test('a seed that nobody can reach', async () => {
  const [, port] = /:(\d+)\/$/.exec((await seed(honest)).url) ?? []
  for (const server of servers.splice(0)) await new Promise(resolve => server.close(resolve))
  const gone = { url: `https://127.0.0.1:${port}/`, publicKeySha256: certificate.publicKeySha256 }
  expect(await codes(fetch([gone]))).toEqual(['seed.too-few-answers', 'seed.unreachable'])
})

test('every seed of the existing network has both pins', () => {
  for (const each of mainnetSeeds) {
    expect(each.url).toMatch(/^https:.*\/$/)
    expect(each.publicKeySha256).toHaveLength(44)
    expect(each.certificateSha256?.replaceAll(':', '')).toHaveLength(64)
  }
})
