import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { createRegistry, formatRegistryFile, maxRegistryBytes } from '@sotto/registry'
import { GatewayDirectory, type GatewayTrust } from '../../../src/web/home/gateway-directory.ts'

const pairOf = (byte: number): Ed25519KeyPair => new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte)))
const [signer, stranger] = [pairOf(1), pairOf(2)]

function listOf(sequence: bigint, by: Ed25519KeyPair): Uint8Array {
  const node = {
    ed25519: nodeIdOf(pairOf(9).publicKey),
    ip: '127.0.0.1',
    httpsPort: 2000,
    omqPort: 0,
    quicPort: 0,
    swarmId: toSwarmId(0n),
    version: [2, 8, 0] as const,
    state: 'active' as const,
    capabilities: [],
  }
  const draft = {
    networkId: 'test',
    sequence,
    createdAt: 1_782_000_000_000,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes: [node],
    names: new Map(),
  }
  return formatRegistryFile(createRegistry(draft, [by], { allowLocal: true }))
}

class FakeRecords {
  readonly all = new Map<string, Uint8Array>()

  async load(name: string): Promise<Uint8Array | undefined> {
    return this.all.get(name)
  }

  async save(name: string, bytes: Uint8Array): Promise<void> {
    this.all.set(name, bytes)
  }

  async clear(): Promise<void> {
    this.all.clear()
  }
}

interface FakeGateway {
  readonly gateway: string
  readonly pages: Map<string, string | Uint8Array>
  readonly asked: string[]
}

const listPath = '/.well-known/sotto/directory'
const keyPath = '/.well-known/sotto/directory-key'

async function gatewayWith(list: Uint8Array, key: Uint8Array = signer.publicKey): Promise<FakeGateway> {
  const pages = new Map<string, string | Uint8Array>([
    [listPath, list],
    [keyPath, encodeHex(key)],
  ])
  const asked: string[] = []
  const server: Server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const page = pages.get(url)
    response.writeHead(page === undefined ? 404 : 200, { connection: 'close' }).end(page)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { gateway: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages, asked }
}

const thisMachine: GatewayTrust = { kind: 'this-machine' }

interface Opened {
  readonly nodes: GatewayDirectory
  readonly problems: readonly unknown[]
  /** Each state, in order. */
  readonly states: readonly string[]
}

async function open(gateway: string, records: FakeRecords, trust: GatewayTrust = thisMachine): Promise<Opened> {
  const problems: unknown[] = []
  const states: string[] = []
  const nodes: GatewayDirectory = await GatewayDirectory.open({
    gateway,
    trust,
    records,
    onProblem: problem => problems.push(problem),
    onChange: () => states.push(nodes.state),
  })
  onTestFinished(async () => nodes.stop())
  return { nodes, problems, states }
}

test('the key of this machine is asked for once; the list is kept, and only a newer one is taken', async () => {
  const records = new FakeRecords()
  const { gateway, pages, asked } = await gatewayWith(listOf(1n, signer))
  const { nodes, problems, states } = await open(gateway, records)
  expect([nodes.state, nodes.directory.list().nodes]).toEqual(['unknown', []])
  await nodes.known
  expect(nodes.directory.list().number).toBe(1n)
  expect(nodes.isLocal).toBe(true)
  expect(asked).toEqual([keyPath, listPath])
  await expect.poll(() => states).toEqual(['ready'])
  pages.set(listPath, listOf(2n, signer))
  pages.set(keyPath, encodeHex(stranger.publicKey))
  expect(await nodes.refresh()).toBe(true)
  expect(nodes.directory.list().number).toBe(2n)
  pages.set(listPath, listOf(1n, signer))
  expect(await nodes.refresh()).toBe(false)
  expect(problems).toMatchObject([{ code: 'registry.not-newer' }])
  pages.clear()
  const { nodes: again } = await open(gateway, records)
  expect(again.directory.list().number).toBe(2n)
  expect(again.state).toBe('ready')
  expect(asked.filter(each => each === keyPath)).toHaveLength(1)
})

test('a list by somebody else is not taken, and the one before stays', async () => {
  const records = new FakeRecords()
  const { gateway, pages } = await gatewayWith(listOf(1n, signer))
  const { nodes, problems, states } = await open(gateway, records)
  await nodes.known
  pages.set(listPath, listOf(2n, stranger))
  pages.set(keyPath, encodeHex(stranger.publicKey))
  expect(await nodes.refresh()).toBe(false)
  expect(problems).toMatchObject([{ code: 'registry.too-few-signatures' }])
  expect(nodes.directory.list().number).toBe(1n)
  expect(nodes.state).toBe('foreign-key')
  const trust: GatewayTrust = { kind: 'keys', keys: [stranger.publicKey], isLocal: true }
  const { nodes: trusting } = await open(gateway, records, trust)
  await trusting.known
  expect(trusting.directory.list().number).toBe(2n)
  pages.set(listPath, listOf(3n, signer))
  expect(await nodes.refresh()).toBe(true)
  expect(states).toEqual(['ready', 'foreign-key', 'ready'])
})

test('a network that was made anew is believed once the old one is forgotten', async () => {
  const records = new FakeRecords()
  const { gateway, pages } = await gatewayWith(listOf(5n, signer))
  const { nodes } = await open(gateway, records)
  expect(await nodes.refresh()).toBe(true)
  pages.set(listPath, listOf(1n, stranger))
  pages.set(keyPath, encodeHex(stranger.publicKey))
  const { nodes: second } = await open(gateway, records)
  await expect.poll(() => second.state).toBe('foreign-key')
  await second.forget()
  pages.set(listPath, listOf(6n, signer))
  expect(await second.refresh()).toBe(true)
  expect(records.all.size).toBe(0)
  pages.set(listPath, listOf(1n, stranger))
  const { nodes: third } = await open(gateway, records)
  await third.known
  expect(third.directory.list().number).toBe(1n)
})

test('a gateway that comes late is asked again, and nothing else is needed', async () => {
  const records = new FakeRecords()
  const { gateway, pages } = await gatewayWith(listOf(1n, signer))
  pages.clear()
  const { nodes, problems } = await open(gateway, records)
  await expect.poll(() => problems).toMatchObject([{ code: 'home.no-directory' }])
  pages.set(listPath, listOf(1n, signer))
  pages.set(keyPath, encodeHex(signer.publicKey))
  await nodes.known
  expect(nodes.state).toBe('ready')
})

test('without anybody to believe, or anything to believe, nothing is known and nothing is remembered', async () => {
  const records = new FakeRecords()
  const { gateway, pages } = await gatewayWith(listOf(1n, stranger))
  const refused = async (code: string, state = 'unknown'): Promise<void> => {
    const { nodes, problems } = await open(gateway, records)
    await expect.poll(() => problems[0]).toMatchObject({ code })
    expect(nodes.state).toBe(state)
    await nodes.stop()
    expect(records.all.size).toBe(0)
  }
  await refused('registry.too-few-signatures', 'foreign-key')
  const noKey = { code: 'home.no-key' }
  await expect(open('https://chat.example.org', records)).rejects.toMatchObject(noKey)
  await expect(open(gateway, records, { kind: 'keys', keys: [], isLocal: false })).rejects.toMatchObject(noKey)
  pages.set(listPath, new Uint8Array(maxRegistryBytes + 1))
  await refused('home.directory-too-large')
  pages.delete(listPath)
  await refused('home.no-directory')
  pages.set(keyPath, 'no key at all')
  await refused('home.bad-key')
})
