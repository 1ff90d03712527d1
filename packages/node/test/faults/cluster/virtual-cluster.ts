import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { MajorityDirectory } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { type SwarmLimits } from '../../../src/swarm/forward/swarm-limits.ts'
import { type Layout, listOf, nodeKeys } from '../../swarm/local-swarm.ts'
import { type ClientReply } from '../client/recording-client.ts'
import { type FaultAccount } from '../client/fault-account.ts'
import { type Disk, MemoryDisk } from './disk.ts'
import { FaultyLinks } from './faulty-links.ts'
import { VirtualNode } from './virtual-node.ts'
import { Weather } from './weather.ts'

/** How a cluster is made. */
export interface ClusterOptions {
  readonly layout: Layout
  readonly seed: number
  readonly limits?: Partial<SwarmLimits>
  /** One for each node, in the order of the layout; disks that never fail if there are none. */
  readonly disks?: readonly Disk[]
}

/** How long a client waits. Spec 20 §5. */
const clientTimeoutMs = 10_000

/** Nodes in one process and in virtual time: the same seed gives the same run, faults and all. */
export class VirtualCluster {
  readonly clock = new ManualClock()
  readonly nodes = new Map<NodeId, VirtualNode>()
  readonly weather: Weather
  readonly directory: MajorityDirectory
  /** What nodes reported as what should not have happened. */
  readonly failures: unknown[] = []
  readonly random: RandomBytes
  #listNumber = 1n

  constructor({ layout, seed, limits = {}, disks = [] }: ClusterOptions) {
    this.random = seededRandom(seed)
    this.weather = new Weather(seededRandom(seed + 1_000_003))
    this.directory = new MajorityDirectory(listOf(layout))
    const links = new FaultyLinks(this.clock, this.weather, this.nodes)
    for (const [at, key] of [...layout.keys()].entries()) {
      const identity = nodeIdentityOf(nodeKeys(key))
      const random = seededRandom(seed * 1000 + key)
      const node = new VirtualNode({
        identity,
        directory: this.directory,
        clock: this.clock,
        disk: disks[at] ?? new MemoryDisk(),
        random,
        limits,
        links: () => links,
        onFailure: cause => this.failures.push(cause),
      })
      this.nodes.set(identity.id, node)
    }
  }

  /** The true time, Unix ms. */
  now(): number {
    return Math.floor(this.clock.now())
  }

  async start(): Promise<void> {
    await this.until(Promise.all([...this.nodes.values()].map(node => node.start())))
    await this.clock.advance(2000)
  }

  /** Another layout holds on all nodes at once. */
  change(layout: Layout): void {
    this.directory.replace(listOf(layout, ++this.#listNumber))
  }

  /** Whether a node keeps an account's messages. */
  serves(node: NodeId, { owner }: FaultAccount): boolean {
    const swarm = this.directory.swarmOf(owner)
    return swarm?.members.some(({ ed25519 }) => ed25519 === node) === true
  }

  /** The members of an account's swarm. */
  membersFor({ owner }: FaultAccount): readonly NodeId[] {
    return this.directory.swarmOf(owner)?.members.map(({ ed25519 }) => ed25519) ?? []
  }

  /** A client's request, through the same weather. */
  async ask(id: NodeId, body: Uint8Array): Promise<ClientReply | undefined> {
    const over = this.clock.sleep(clientTimeoutMs).then(() => undefined)
    return Promise.race([this.#exchange(id, body), over])
  }

  /** Lets time pass until a promise is kept. */
  async until<T>(promise: Promise<T>, limitMs = 86_400_000): Promise<T> {
    const race = { isOver: false }
    const end = (): void => {
      race.isOver = true
    }
    promise.then(end, end)
    for (let passed = 0; !race.isOver && passed < limitMs; passed += 20) await this.clock.advance(20)
    if (!race.isOver) throw new Error('a promise was not kept in time')
    return promise
  }

  close(): void {
    for (const node of this.nodes.values()) {
      node.kill()
      node.parts.disk.close()
    }
  }

  async #exchange(id: NodeId, body: Uint8Array): Promise<ClientReply | undefined> {
    await this.clock.sleep(this.weather.delayMs())
    if (this.weather.isLost()) return undefined
    const reply = await this.nodes.get(id)?.ask(body)
    await this.clock.sleep(this.weather.delayMs())
    return this.weather.isLost() ? undefined : reply
  }
}
