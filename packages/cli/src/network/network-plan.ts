import { writeFileSync } from 'node:fs'
import { type Ed25519KeyPair, type RandomBytes } from '@sotto/protocol/crypto'
import { nodeIdOf, type SwarmId } from '@sotto/protocol/swarm'
import { createRegistry, type NodeDraft } from '@sotto/registry'
import { writeRegistryFile } from '@sotto/registry/node'
import { loadOrCreateKeyFile } from '@sotto/server'
import { findFreePorts } from './free-ports.ts'
import { type NetworkFolder, type NetworkSettings } from './network-folder.ts'
import { planSwarms } from './plan-swarms.ts'

/** One node of a local network. */
export interface PlannedNode {
  readonly keyPair: Ed25519KeyPair
  readonly folder: string
  readonly ip: string
  readonly httpsPort: number
  /** Announced; nobody listens there. */
  readonly omqPort: number
  readonly swarmId: SwarmId
}

/** A local network before it runs: keys, ports, who is in which swarm. */
export interface NetworkPlan {
  readonly nodes: readonly PlannedNode[]
  readonly signer: Ed25519KeyPair
  readonly seedPort: number
  readonly seedTlsPort: number
  readonly gatewayPort: number
  readonly fileServer: { readonly keyPair: Ed25519KeyPair; readonly port: number }
}

/** What a network is to be like. What is left out is as it was the last time, or as usual. */
export interface NetworkShape {
  readonly nodes?: number
  readonly swarms?: number
  /** 0: any that is free. */
  readonly basePort?: number
}

/** What planning needs of the world. */
export interface PlanPorts {
  readonly random: RandomBytes
  /** Unix ms. */
  readonly now: () => number
}

/** What nodes announce. */
export interface NodeFacts {
  readonly version: readonly [number, number, number]
  readonly capabilities: readonly string[]
}

const ip = '127.0.0.1'
const usualNodes = 12
const usualSwarms = 2

/**
 * Settles what the network is like: as the last time, where nothing else was asked for. Makes the keys that are missing.
 * @throws {NetworkError}
 * @throws {KeyFileError} for keys that cannot be read or written
 */
export async function planNetwork(folder: NetworkFolder, shape: NetworkShape, ports: PlanPorts): Promise<NetworkPlan> {
  const last = folder.readSettings()
  const nodes = shape.nodes ?? last?.nodes ?? usualNodes
  const swarms = shape.swarms ?? last?.swarms ?? Math.min(usualSwarms, nodes)
  const swarmIds = planSwarms(nodes, swarms)
  const basePort = await chooseBasePort(shape.basePort, last, nodes, ports.random)
  await folder.create(nodes)
  const settings: NetworkSettings = { version: 1, nodes, swarms, basePort }
  writeFileSync(folder.settings, `${JSON.stringify(settings)}\n`)
  const planned: PlannedNode[] = []
  for (const [at, swarmId] of swarmIds.entries()) {
    const keyPair = loadOrCreateKeyFile(folder.nodeKey(at), ports.random)
    const httpsPort = basePort + at
    planned.push({ keyPair, folder: folder.node(at), ip, httpsPort, omqPort: httpsPort + nodes + 2, swarmId })
  }
  const signer = loadOrCreateKeyFile(folder.signerKey, ports.random)
  const seedPort = basePort + nodes
  const gatewayPort = basePort + 2 * nodes + 2
  const fileServer = { keyPair: loadOrCreateKeyFile(folder.filesKey, ports.random), port: gatewayPort + 1 }
  return { nodes: planned, signer, seedPort, seedTlsPort: seedPort + 1, gatewayPort, fileServer }
}

/**
 * Signs the list of the planned nodes and writes it. The sequence number is the time, so a newer list replaces an older one.
 * @throws {RegistryFileError} `registry-file.not-written`
 */
export async function signRegistry(
  folder: NetworkFolder,
  { nodes, signer }: NetworkPlan,
  { version, capabilities }: NodeFacts,
  now: number,
): Promise<void> {
  const drafts = nodes.map(({ keyPair, httpsPort, omqPort, swarmId }): NodeDraft => {
    const ed25519 = nodeIdOf(keyPair.publicKey)
    const quicPort = omqPort
    return { ed25519, ip, httpsPort, omqPort, quicPort, swarmId, version, state: 'active', capabilities }
  })
  const draft = {
    networkId: 'sotto-local',
    sequence: BigInt(now),
    createdAt: now - (now % 1000),
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [signer.publicKey],
    nodes: drafts,
    names: new Map(),
  }
  await writeRegistryFile(folder.registry, createRegistry(draft, [signer], { allowLocal: true }))
}

async function chooseBasePort(
  asked: number | undefined,
  last: NetworkSettings | undefined,
  nodes: number,
  random: RandomBytes,
): Promise<number> {
  if (asked !== undefined && asked !== 0) return asked
  if (asked === undefined && last !== undefined && last.nodes === nodes) return last.basePort
  return findFreePorts(2 * nodes + 4, ip, random)
}
