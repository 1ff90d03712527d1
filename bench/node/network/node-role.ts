import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ed25519PublicKey, Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { defaultFacts, type NodeConfig, nodeIdentityOf, ServiceNode, systemSleepingClock as clock } from '@sotto/node'
import { openRegistry, StaticDirectory } from '@sotto/registry'
import { systemRandom } from '@sotto/server'
import { benchLimits } from './bench-limits.ts'
import { fillDatabase } from './fill-database.ts'
import { type NetworkPlan } from './plan.ts'
import { Profiler } from './profiler.ts'

/** Which nodes of a network run in one process, and where they keep their files. */
export interface StartOrder {
  readonly plan: NetworkPlan
  /** Their places in the plan. */
  readonly which: readonly number[]
  readonly folder: string
}

/** Messages for one node. */
export interface FillOrder {
  readonly folder: string
  /** Its place in the plan. */
  readonly which: number
  readonly count: number
}

/** Tasks of a process that runs nodes. They shed no load: on a busy machine that would be measured instead. */
export function nodeTasks() {
  const nodes: ServiceNode[] = []
  const profiler = new Profiler()
  return {
    /** Ends when the nodes answer. */
    start: async ({ plan, which, folder }: StartOrder): Promise<void> => {
      const directory = readDirectory(plan)
      for (const at of which) {
        const config = await configOf(plan, at, folder)
        const identity = nodeIdentityOf(new Ed25519KeyPair(new Ed25519Seed(plan.nodes[at]?.seed ?? new Uint8Array())))
        nodes.push(new ServiceNode({ config, identity, directory, clock, random: systemRandom }))
      }
      await Promise.all(nodes.map(node => node.start()))
    },
    stop: async (): Promise<void> => {
      await Promise.all(nodes.splice(0).map(node => node.stop()))
    },
    startProfile: () => profiler.start(),
    stopProfile: () => profiler.stop(),
    /** How many requests are held by all nodes of the process. */
    held: async (): Promise<number> => {
      const stats = await Promise.all(nodes.map(node => node.stats()))
      return stats.reduce((sum, each) => sum + Number(each['held_retrieves']), 0)
    },
    /** How many onions wait at all nodes of the process for those behind them, or for their own storage. */
    relayed: async (): Promise<number> => {
      const stats = await Promise.all(nodes.map(node => node.stats()))
      return stats.reduce((sum, each) => sum + Number(each['onions_pending']), 0)
    },
    /** Puts messages into the database of a node that does not run. */
    fill: ({ folder, which, count }: FillOrder): Promise<void> => fillDatabase(nodeFolder(folder, which), count),
    /** Collects garbage, if Node was started with `--expose-gc`, and tells how much memory is left in use, in bytes. */
    collect: (): { readonly heap: number; readonly external: number } => {
      for (let round = 0; round < 3; round++) globalThis.gc?.()
      const { heapUsed, external } = process.memoryUsage()
      return { heap: heapUsed, external }
    },
  }
}

function readDirectory({ registry, signer, createdAt }: NetworkPlan): StaticDirectory {
  const policy = { trustedKeys: [ed25519PublicKey(signer)], allowLocal: true }
  return new StaticDirectory(openRegistry(registry, policy, createdAt))
}

function nodeFolder(folder: string, at: number): string {
  return join(folder, String(at + 1))
}

async function configOf({ nodes }: NetworkPlan, at: number, folder: string): Promise<NodeConfig> {
  const own = nodeFolder(folder, at)
  await mkdir(own, { recursive: true })
  return {
    folder: own,
    listen: { host: '127.0.0.1', port: nodes[at]?.port ?? 0 },
    servers: {},
    facts: defaultFacts,
    limits: benchLimits,
    stopMs: 5000,
  }
}
