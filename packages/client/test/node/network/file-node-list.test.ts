import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { nodeIdOf } from '@sotto/protocol/swarm'
import { agreeOnNodes, answerJsonRpc, checkNodes, type ServiceNodeList } from '@sotto/registry'
import { seededRandom } from '@sotto/testing'
import { expect, onTestFinished, test } from 'vitest'
import { type OpenedDirectory, openDirectory } from '../../../src/node/home/network-choice.ts'
import { FileNodeList } from '../../../src/node/network/file-node-list.ts'
import { selfSigned } from '../../support/self-signed.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const dayMs = 86_400_000
const random = seededRandom(3)
const options = { seeds: ['https://one/', 'https://two/'], minNodes: 24 }

/** A list of nodes in all states, as if seeds had agreed on it. */
function listOf(count: number, at: number, number = 7n): ServiceNodeList {
  const drafts = Array.from({ length: count }, (_, index) => ({
    ed25519: nodeIdOf(new Ed25519KeyPair(new Ed25519Seed(random(32))).publicKey),
    ip: `8.8.4.${index + 1}`,
    httpsPort: 22021,
    omqPort: 22020,
    quicPort: 22019,
    version: [2, 11, index] as const,
    state: index === 1 ? ('decommissioned' as const) : index === 2 ? ('leaving' as const) : ('active' as const),
    capabilities: index % 2 === 0 ? ['held_retrieve.1'] : [],
  }))
  return agreeOnNodes([{ height: number, nodes: checkNodes(drafts, {}) }], 1, at)
}

test('a list comes back as it was, for its owner only', () => {
  const path = join(temporaryFolder(), 'state', 'nodes.json')
  const file = new FileNodeList({ ...options, path })
  expect(file.load(0)).toBe(undefined)
  for (const list of [listOf(40, 1000), listOf(30, 2000)]) {
    file.save(list)
    expect(new FileNodeList({ ...options, path }).load(5000)).toEqual({ ...list, number: 0n })
  }
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('what is damaged, too old, too short or from others counts as none', () => {
  const path = join(temporaryFolder(), 'nodes.json')
  const file = new FileNodeList({ ...options, path })
  const list = listOf(30, 1000)
  file.save(list)
  const good = readFileSync(path, 'utf8')
  expect(file.load(1000 + 30 * dayMs)).toBeDefined()
  expect(file.load(1001 + 30 * dayMs)).toBe(undefined)
  expect(new FileNodeList({ ...options, path, seeds: ['https://one/'] }).load(1000)).toBe(undefined)
  expect(new FileNodeList({ ...options, path, minNodes: 31 }).load(1000)).toBe(undefined)
  const damaged = [
    good.replace('8.8.4.9', '8.8.4.99'),
    good.replace('8.8.4.9', '127.0.0.1'),
    good.replace('held_retrieve.1', 'held_retrieve.2'),
    good.replace('"active":true', '"active":false'),
    good.replace(/"saved_at":\d+/, '"saved_at":"x"'),
    good.slice(0, -5),
    '',
    'null',
    `{"saved_at":1,"seeds":["https://one/","https://two/"],"nodes":{"service_node_states":[]}}`,
  ]
  for (const text of damaged) {
    expect(text).not.toBe(good)
    writeFileSync(path, text)
    expect(file.load(1000), text.slice(0, 80)).toBe(undefined)
  }
  writeFileSync(path, ' '.repeat(8 * 1024 * 1024 + 1))
  expect(file.load(1000)).toBe(undefined)
})

async function startSeed(list: ServiceNodeList) {
  const { key, cert } = selfSigned()
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/json')
      response.end(answerJsonRpc(Buffer.concat(chunks), { list, hardFork: [19, 3], random }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  onTestFinished(stop)
  return {
    seed: { url: `https://127.0.0.1:${port}/`, certificateSha256: new X509Certificate(cert).fingerprint256 },
    stop,
  }
}

const idsOf = ({ directory }: OpenedDirectory) => directory.list().nodes.map(({ ed25519 }) => ed25519)

test('what seeds said is known at the next start, before or without their answer', async () => {
  const path = join(temporaryFolder(), 'state', 'nodes.json')
  const problems: unknown[] = []
  const opening = {
    path,
    onProblem: (problem: unknown) => problems.push(problem),
    signal: new AbortController().signal,
  }
  const list = listOf(30, Date.now(), 900n)
  const { seed, stop } = await startSeed(list)
  const choice = { kind: 'seeds', seeds: [seed] } as const
  const first = await openDirectory(choice, opening)
  expect(idsOf(first)).toEqual([])
  await expect.poll(() => idsOf(first).length).toBe(29)
  await first.stop()
  await stop()
  const second = await openDirectory(choice, opening)
  // Seeds are asked for those that serve.
  const serving = list.nodes.filter(({ state }) => state !== 'decommissioned')
  expect(idsOf(second)).toEqual(serving.map(({ ed25519 }) => ed25519))
  await second.stop()
  expect(problems).toEqual([])
})

test('the answer of the seeds takes the place of what was kept, whatever its height', async () => {
  const path = join(temporaryFolder(), 'nodes.json')
  const problems: unknown[] = []
  const opening = {
    path,
    onProblem: (problem: unknown) => problems.push(problem),
    signal: new AbortController().signal,
  }
  const later = listOf(26, Date.now(), 5n)
  const { seed } = await startSeed(later)
  new FileNodeList({ path, seeds: [seed.url], minNodes: 24 }).save(listOf(30, Date.now(), 10_000n))
  const opened = await openDirectory({ kind: 'seeds', seeds: [seed] }, opening)
  expect(idsOf(opened)).toHaveLength(30)
  await expect.poll(() => idsOf(opened).length).toBe(25)
  await opened.stop()
  expect(problems).toEqual([])
})

test('a folder that cannot be written is a problem, and no more', async () => {
  const problems: unknown[] = []
  const { seed } = await startSeed(listOf(30, Date.now()))
  const opening = {
    path: temporaryFolder(),
    onProblem: (problem: unknown) => problems.push(problem),
    signal: new AbortController().signal,
  }
  const opened = await openDirectory({ kind: 'seeds', seeds: [seed] }, opening)
  await expect.poll(() => problems).toHaveLength(2)
  expect(problems).toEqual(problems.map(() => expect.objectContaining({ code: 'accounts.storage-failed' }) as Error))
  expect(idsOf(opened)).toHaveLength(29)
  await opened.stop()
})
