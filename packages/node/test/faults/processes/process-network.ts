import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { type SwarmId, toSwarmId } from '@sotto/protocol/swarm'
import { createRegistry, type NodeDraft, StaticDirectory, verifyRegistry } from '@sotto/registry'
import { createSignerKey, writeRegistryFile } from '@sotto/registry/node'
import { createKeyFile, systemRandom } from '@sotto/server'
import { defaultFacts } from '../../../src/config.ts'
import { type NodeIdentity, nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { freePorts } from '../../free-ports.ts'
import { NodeProcess } from './node-process.ts'

/** A node of a network of processes. */
export interface NetworkNode {
  readonly identity: NodeIdentity
  readonly process: NodeProcess
  readonly folder: string
  readonly swarmId: SwarmId
  readonly port: number
  readonly adminPort: number
}

/** How a network of processes is made. */
export interface ProcessNetworkOptions {
  /** How many members each swarm has. */
  readonly swarms: readonly number[]
  /** Further settings of `sotto node`, for all. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Where a node keeps its data, if that has to be a special place. */
  readonly folderOf?: (at: number) => string | undefined
  /** A module that each process loads first, and variables for it. */
  readonly preload?: string
  readonly envOf?: (at: number) => Record<string, string>
}

const host = '127.0.0.1'

/** Real nodes with a process each, on the loopback, over real files. */
export class ProcessNetwork {
  readonly folder: string
  readonly nodes: readonly NetworkNode[]
  readonly directory: StaticDirectory

  private constructor(folder: string, nodes: readonly NetworkNode[], directory: StaticDirectory) {
    this.folder = folder
    this.nodes = nodes
    this.directory = directory
  }

  /** Makes keys, list and settings. Nothing runs yet. */
  static async create(options: ProcessNetworkOptions, random: RandomBytes = systemRandom): Promise<ProcessNetwork> {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-processes-'))
    const swarmIds = options.swarms.flatMap((size, at) =>
      Array.from({ length: size }, () => toSwarmId(BigInt(at) << 62n)),
    )
    const ports = await freePorts(2 * swarmIds.length)
    const drafts = swarmIds.map((swarmId, at) => {
      const data = options.folderOf?.(at) ?? join(folder, `node-${at}`)
      mkdirSync(data, { recursive: true, mode: 0o700 })
      const identity = nodeIdentityOf(createKeyFile(join(data, 'node.key'), random))
      return { data, identity, swarmId, port: ports[2 * at] ?? 0, adminPort: ports[2 * at + 1] ?? 0 }
    })
    const signer = await createSignerKey(join(folder, 'signer.key'), random)
    const registry = join(folder, 'network.json')
    const draft = { ...registryDraft(), signers: [signer.publicKey], nodes: drafts.map(nodeDraft) }
    const policy = { trustedKeys: [signer.publicKey], allowLocal: true }
    const signed = createRegistry(draft, [signer], policy)
    await writeRegistryFile(registry, signed)
    const nodes = drafts.map(({ data, ...draftNode }, at): NetworkNode => {
      const config = join(folder, `node-${at}.json`)
      const settings = {
        data,
        registry,
        'trusted-keys': encodeHex(signer.publicKey),
        'allow-local': true,
        host,
        port: draftNode.port,
        'admin-port': draftNode.adminPort,
        'log-level': 'trace',
        ...options.settings,
      }
      writeFileSync(config, JSON.stringify(settings))
      const preload = options.preload === undefined ? {} : { preload: options.preload }
      const process = new NodeProcess(config, { ...preload, env: options.envOf?.(at) ?? {} })
      return { ...draftNode, folder: data, process }
    })
    return new ProcessNetwork(folder, nodes, new StaticDirectory(verifyRegistry(signed, policy, draft.createdAt)))
  }

  async start(): Promise<void> {
    await Promise.all(this.nodes.map(async ({ process }) => process.start()))
  }

  /** Ends everything, orderly or not, and forgets it. */
  async destroy(): Promise<void> {
    await Promise.all(this.nodes.map(async ({ process }) => process.kill()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function registryDraft() {
  const now = Date.now()
  return {
    networkId: 'sotto-test',
    sequence: 1n,
    createdAt: now - (now % 1000),
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    names: new Map(),
  }
}

function nodeDraft(node: Pick<NetworkNode, 'identity' | 'swarmId' | 'port'>): NodeDraft {
  const { version, capabilities } = defaultFacts
  const ed25519 = node.identity.id
  const ports = { httpsPort: node.port, omqPort: 0, quicPort: 0 }
  return { ed25519, ip: host, ...ports, swarmId: node.swarmId, version, state: 'active', capabilities }
}
