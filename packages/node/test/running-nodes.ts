import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { LINK_CAPABILITY } from '@sotto/protocol/link'
import { type SwarmId, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { createRegistry, StaticDirectory, verifyRegistry } from '@sotto/registry'
import { systemRandom, WriterThread } from '@sotto/server'
import { systemSleepingClock } from '../src/clock/system-clock.ts'
import { defaultFacts, type NodeConfig, productionLimits } from '../src/config.ts'
import { type NodeIdentity, nodeIdentityOf } from '../src/rpc/node-identity.ts'
import { ServiceNode } from '../src/service-node.ts'
import { freePorts } from './free-ports.ts'

/** A node that runs in this process, on a port of the loopback. */
export interface RunningNode {
  readonly node: ServiceNode
  readonly identity: NodeIdentity
  readonly port: number
  readonly url: string
}

/** Nodes of one network. */
export interface RunningNodes {
  readonly nodes: readonly RunningNode[]
  readonly stop: () => Promise<void>
}

/** What a test wants to be different. */
export interface RunningOptions {
  readonly config?: Partial<NodeConfig>
  /** Listed, but not started. */
  readonly dead?: readonly number[]
  /** Listed as serving no swarm. */
  readonly decommissioned?: readonly number[]
  /** Listed without the capability of links, as nodes of an older version are: they are spoken to by HTTP/2. */
  readonly unlinked?: readonly number[]
}

const now = 1_782_000_000_000

/** Starts nodes of one swarm that know each other. */
export async function runNodes(count: number, options: RunningOptions = {}): Promise<RunningNodes> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-nodes-'))
  const ports = await freePorts(count)
  const identities = ports.map((_, at) =>
    nodeIdentityOf(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(at + 1)))),
  )
  const directory = createDirectory(identities, ports, options)
  const writerThread = new WriterThread()
  const nodes = identities.map((identity, at): RunningNode => {
    const port = ports[at] ?? 0
    const config = { ...testConfig(join(folder, String(at)), port), ...options.config }
    const shared = { directory, clock: systemSleepingClock, random: systemRandom, writerThread }
    return { node: new ServiceNode({ config, identity, ...shared }), identity, port, url: `https://127.0.0.1:${port}` }
  })
  const started = nodes.filter((_, at) => !(options.dead ?? []).includes(at))
  await Promise.all(started.map(async ({ node }) => node.start()))
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(async ({ node }) => node.stop()))
    rmSync(folder, { recursive: true })
  }
  return { nodes, stop }
}

function testConfig(folder: string, port: number): NodeConfig {
  return {
    folder,
    listen: { host: '127.0.0.1', port },
    servers: {},
    facts: defaultFacts,
    // A busy machine makes members late; they are waited for.
    limits: {
      ...productionLimits,
      swarm: { ...productionLimits.swarm, quorumGraceMs: 5000, peerTimeoutMs: 10_000 },
    },
    stopMs: 5000,
  }
}

function createDirectory(
  identities: readonly NodeIdentity[],
  ports: readonly number[],
  { decommissioned = [], unlinked = [] }: RunningOptions,
): StaticDirectory {
  const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(0xff)))
  const swarmOf = (at: number): SwarmId => (decommissioned.includes(at) ? UNASSIGNED_SWARM : toSwarmId(0n))
  const nodes = identities.map(({ id }, at) => ({
    ed25519: id,
    ip: '127.0.0.1',
    httpsPort: ports[at] ?? 0,
    omqPort: 0,
    quicPort: 0,
    swarmId: swarmOf(at),
    version: defaultFacts.version,
    state: decommissioned.includes(at) ? ('decommissioned' as const) : ('active' as const),
    capabilities: defaultFacts.capabilities.filter(each => each !== LINK_CAPABILITY || !unlinked.includes(at)),
  }))
  const draft = {
    networkId: 'test',
    sequence: 1n,
    createdAt: now,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes,
    names: new Map(),
  }
  const policy = { trustedKeys: [signer.publicKey], allowLocal: true }
  return new StaticDirectory(verifyRegistry(createRegistry(draft, [signer], policy), policy, now))
}
