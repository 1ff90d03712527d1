import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultFacts, nodeIdentityOf, noLoad, productionLimits, systemSleepingClock } from '@sotto/node'
import { type NodeId, nodeIdOf } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { RegistryFileSource } from '@sotto/registry/node'
import { systemRandom, WriterThread } from '@sotto/server'
import { InProcessNode } from '../../src/network/in-process-node.ts'
import { NetworkFolder } from '../../src/network/network-folder.ts'
import { planNetwork, signRegistry } from '../../src/network/network-plan.ts'

/** Members that a busy machine makes late are waited for. */
const limits = {
  ...productionLimits,
  swarm: { ...productionLimits.swarm, quorumGraceMs: 5000, peerTimeoutMs: 10_000 },
}
const STOP_MS = 2000

/** Twelve real nodes in two swarms, each of which can be stopped alone. */
export class StoppableNetwork {
  readonly directory: NodeDirectory
  readonly #folder: string
  readonly #source: RegistryFileSource
  readonly #nodes: ReadonlyMap<NodeId, InProcessNode>
  readonly #stopped = new Set<NodeId>()

  private constructor(folder: string, source: RegistryFileSource, nodes: ReadonlyMap<NodeId, InProcessNode>) {
    this.directory = source.directory
    this.#folder = folder
    this.#source = source
    this.#nodes = nodes
  }

  static async start(): Promise<StoppableNetwork> {
    const path = mkdtempSync(join(tmpdir(), 'sotto-client-network-'))
    const folder = new NetworkFolder(path)
    const clock = systemSleepingClock
    await folder.create(0)
    const plan = await planNetwork(folder, {}, { random: systemRandom, now: () => clock.now() })
    await signRegistry(folder, plan, defaultFacts, clock.now())
    const policy = { trustedKeys: [plan.signer.publicKey], allowLocal: true }
    const onProblem = (problem: unknown): never => {
      throw problem
    }
    const source = await RegistryFileSource.start({ path: folder.registry, policy, clock, onProblem })
    const { directory } = source
    const shared = { directory, clock, random: systemRandom, load: noLoad, writerThread: new WriterThread() }
    const nodes = plan.nodes.map(({ keyPair, folder: data, ip, httpsPort }): [NodeId, InProcessNode] => {
      const listen = { host: ip, port: httpsPort }
      const config = { folder: data, listen, servers: {}, facts: defaultFacts, limits, stopMs: STOP_MS }
      return [nodeIdOf(keyPair.publicKey), new InProcessNode({ ...shared, identity: nodeIdentityOf(keyPair), config })]
    })
    await Promise.all(nodes.map(async ([, node]) => node.start()))
    return new StoppableNetwork(path, source, new Map(nodes))
  }

  /** One node goes away. */
  async stopNode(id: NodeId): Promise<void> {
    this.#stopped.add(id)
    await this.#nodes.get(id)?.stop(STOP_MS)
  }

  async stop(): Promise<void> {
    const left = [...this.#nodes].filter(([id]) => !this.#stopped.has(id))
    await Promise.all(left.map(async ([, node]) => node.stop(STOP_MS)))
    await this.#source.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
