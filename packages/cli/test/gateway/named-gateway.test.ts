import { join } from 'node:path'
import { PipeTransport } from '@sotto/client/web'
import { Gateway } from '@sotto/gateway'
import { defaultFacts, nodeIdentityOf, productionLimits, ServiceNode, systemSleepingClock as clock } from '@sotto/node'
import { Ed25519KeyPair, type Ed25519PublicKey, Ed25519Seed } from '@sotto/protocol/crypto'
import { toSwarmId } from '@sotto/protocol/swarm'
import { createRegistry, type NodeEntry, StaticDirectory, verifyRegistry } from '@sotto/registry'
import { systemRandom } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { temporaryFolder } from '../network/test-network.ts'

const now = 1_782_000_000_000
const keyPair = (byte: number): Ed25519KeyPair => new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte)))

/** A node that lets a client send two onions at once, and hardly any more later. */
async function startNode(gateways: readonly Ed25519PublicKey[]): Promise<StaticDirectory> {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  const port = await findFreePorts(1, '127.0.0.1', systemRandom)
  const identity = nodeIdentityOf(keyPair(1))
  const directory = listOf(identity.id, port)
  const clients = { ...productionLimits.clients, onionBurst: 2, onionRate: 0.001 }
  const config = {
    folder: join(folder, 'node'),
    listen: { host: '127.0.0.1', port },
    servers: {},
    facts: defaultFacts,
    limits: { ...productionLimits, clients },
    gateways,
    stopMs: 1000,
  }
  const node = new ServiceNode({ config, identity, directory, clock, random: systemRandom })
  await node.start()
  onTestFinished(async () => node.stop())
  return directory
}

function listOf(ed25519: NodeEntry['ed25519'], httpsPort: number): StaticDirectory {
  const { version, capabilities } = defaultFacts
  const place = { ip: '127.0.0.1', httpsPort, omqPort: 0, quicPort: 0, swarmId: toSwarmId(0n) }
  const signer = keyPair(255)
  const draft = {
    networkId: 'test',
    sequence: 1n,
    createdAt: now,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes: [{ ed25519, ...place, version, state: 'active' as const, capabilities }],
    names: new Map(),
  }
  const policy = { trustedKeys: [signer.publicKey], allowLocal: true }
  return new StaticDirectory(verifyRegistry(createRegistry(draft, [signer], { allowLocal: true }), policy, now))
}

/** What a guard says to five things at once that are no onions: 429 to those that it does not even look at. */
async function statuses(directory: StaticDirectory, key: Ed25519KeyPair | undefined): Promise<readonly number[]> {
  const shared = { directory, clock, random: systemRandom }
  const listen = { host: '127.0.0.1', port: 0 }
  const gateway = new Gateway({ listen, ...shared, ...(key === undefined ? {} : { key }) })
  await gateway.start()
  onTestFinished(async () => gateway.stop(0))
  const url = `ws://127.0.0.1:${gateway.port}/pipe`
  const transport = new PipeTransport({ url, WebSocket, clock, random: systemRandom })
  onTestFinished(() => transport.close())
  const [guard] = directory.list().nodes
  if (guard === undefined) throw new Error('a node was expected')
  const one = async (): Promise<number> =>
    (await transport.post(guard, '/onion_req/v2', new Uint8Array(100), { timeoutMs: 30_000 })).status
  return Promise.all([one(), one(), one(), one(), one()])
}

test('a node that knows the key of a gateway does not count it as one client', async () => {
  const directory = await startNode([keyPair(5).publicKey])
  const limited = (all: readonly number[]): number => all.filter(status => status === 429).length
  expect(limited(await statuses(directory, keyPair(5)))).toBe(0)
  expect(limited(await statuses(directory, keyPair(6)))).toBe(3)
  expect(limited(await statuses(directory, undefined))).toBe(5)
  expect(limited(await statuses(directory, keyPair(5)))).toBe(0)
})
