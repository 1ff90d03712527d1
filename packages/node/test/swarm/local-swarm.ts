import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { HELD_RETRIEVE_CAPABILITY } from '@sotto/protocol/storage'
import { type NodeId, type SwarmId, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { MajorityDirectory, type NodeEntry, type ServiceNodeList } from '@sotto/registry'
import { openDatabase } from '@sotto/server'
import { ManualClock, seededRandom } from '@sotto/testing'
import { type HeldLimits } from '../../src/held/held-limits.ts'
import { type NodeIdentity, nodeIdentityOf } from '../../src/rpc/node-identity.ts'
import { StorageService } from '../../src/rpc/storage-service.ts'
import { defaultStoreLimits, type StoreLimits } from '../../src/store/limits.ts'
import { type NodeStore } from '../../src/store/port/node-store.ts'
import { nodeStoreMigrations } from '../../src/store/sql/schema.ts'
import { SqliteNodeStore } from '../../src/store/sqlite-node-store.ts'
import { createWrites, type WriteName, type WriteParams } from '../../src/store/write/writes.ts'
import { type SwarmLimits } from '../../src/swarm/forward/swarm-limits.ts'
import {
  memberLinkCapability,
  type MemberTarget,
  type MemberTransport,
  type MemberTransportOptions,
} from '../../src/swarm/link/member-transport.ts'

/** The store over real SQLite in this thread, so that virtual time need not wait for another one. */
function openTestStore(path = ':memory:', limits: StoreLimits = defaultStoreLimits): NodeStore {
  const database = openDatabase(path, { migrations: nodeStoreMigrations, synchronous: 'normal' })
  const write = createWrites(database, limits)
  const ports = {
    reads: database,
    write: async <Name extends WriteName>(name: Name, params: WriteParams<Name>) => write(name, params),
    pause: async () => undefined,
    close: async () => database.close(),
  }
  return new SqliteNodeStore(ports, limits)
}

/** How a node answers others. */
type Mood =
  | 'well'
  /** Connections are refused, its own too. */
  | 'down'
  /** Takes requests and does not answer. */
  | 'frozen'
  /** Carries requests out, but the answer is lost. */
  | 'mute'

/** What can be different about a node. */
export interface TestNodeOptions {
  readonly path?: string
  readonly clock?: ManualClock
  readonly swarmLimits?: Partial<SwarmLimits>
  readonly heldLimits?: Partial<HeldLimits>
  readonly storeLimits?: StoreLimits
  readonly isOverloaded?: () => boolean
}

/** One node of a test, and what the test may do to it. */
export interface TestNode {
  readonly identity: NodeIdentity
  readonly store: NodeStore
  readonly service: StorageService
  readonly failures: unknown[]
  mood: Mood
}

/** A key pair that is the same in every run. */
export function nodeKeys(number: number): Ed25519KeyPair {
  const seed = new Uint8Array(32)
  new DataView(seed.buffer).setUint32(0, number + 1)
  return new Ed25519KeyPair(new Ed25519Seed(seed))
}

/** Nodes by the number of their keys, each with the id of its swarm. */
export type Layout = ReadonlyMap<number, SwarmId>

/** `[[1, 5], [2, 3]]`: five nodes in swarm 1 and three in swarm 2. */
export function layoutOf(swarms: readonly (readonly [id: bigint, size: number])[]): Layout {
  let number = 0
  return new Map(swarms.flatMap(([id, size]) => Array.from({ length: size }, () => [number++, toSwarmId(id)] as const)))
}

/** A list of nodes. */
export function listOf(layout: Layout, number = 1n): ServiceNodeList {
  const nodes = Array.from(layout, ([key, swarmId]): NodeEntry => {
    const { id, x25519 } = nodeIdentityOf(nodeKeys(key))
    return {
      ed25519: id,
      x25519: x25519.publicKey,
      ip: `8.8.8.${key + 1}`,
      httpsPort: 22021,
      omqPort: 22020,
      quicPort: 22020,
      swarmId,
      version: [2, 8, 0],
      state: swarmId === UNASSIGNED_SWARM ? 'decommissioned' : 'active',
      capabilities: [HELD_RETRIEVE_CAPABILITY, memberLinkCapability],
    }
  })
  return { number, hash: new Uint8Array(32).fill(Number(number)), timestamp: 0, nodes, names: new Map() }
}

/** A whole network in one process, in virtual time, over real SQLite. */
export class LocalSwarm implements AsyncDisposable, MemberTransport {
  readonly clock = new ManualClock()
  readonly directory: MajorityDirectory
  readonly nodes = new Map<NodeId, TestNode>()
  /** Every frame that went over a link, with its way. */
  readonly sent: { readonly from: NodeId; readonly to: NodeId; readonly frame: Uint8Array }[] = []
  readonly #folder = mkdtempSync(join(tmpdir(), 'sotto-swarm-'))
  #number = 1n
  #seed = 1

  constructor(layout: Layout) {
    this.directory = new MajorityDirectory(listOf(layout))
  }

  /** Starts all nodes of the layout. */
  static async start(layout: Layout, options: TestNodeOptions = {}): Promise<LocalSwarm> {
    const swarm = new LocalSwarm(layout)
    for (const key of layout.keys()) swarm.add(key, options)
    await swarm.clock.advance(0)
    await swarm.pass(100)
    return swarm
  }

  /** A database that outlives its node. */
  path(key: number): string {
    return join(this.#folder, `${key}.sqlite`)
  }

  /** Starts a node. */
  add(key: number, options: TestNodeOptions = {}): TestNode {
    const identity = nodeIdentityOf(nodeKeys(key))
    const store = openTestStore(options.path, options.storeLimits)
    const failures: unknown[] = []
    const service = new StorageService({
      identity,
      directory: this.directory,
      store,
      transport: { request: (...question) => this.#carry(identity.id, question) },
      clock: options.clock ?? this.clock,
      random: seededRandom(this.#seed++),
      facts: { hardFork: [19, 4], version: [2, 8, 0], capabilities: [HELD_RETRIEVE_CAPABILITY, memberLinkCapability] },
      swarmLimits: { ...options.swarmLimits },
      heldLimits: { ...options.heldLimits },
      ...(options.isOverloaded === undefined ? {} : { isOverloaded: options.isOverloaded }),
      onFailure: cause => failures.push(cause),
    })
    const node: TestNode = { identity, store, service, failures, mood: 'well' }
    this.nodes.set(identity.id, node)
    service.start()
    return node
  }

  node(key: number): TestNode {
    const node = this.nodes.get(nodeIdentityOf(nodeKeys(key)).id)
    if (node === undefined) throw new Error('there is no such node')
    return node
  }

  /** Stops a node and closes its database, as an orderly stop does. */
  async stop(key: number): Promise<void> {
    const node = this.node(key)
    this.nodes.delete(node.identity.id)
    await this.until(node.service.stop())
    await node.store.close()
  }

  /** Ends a node as a crash does: nothing is finished. */
  async crash(key: number): Promise<void> {
    const node = this.node(key)
    this.nodes.delete(node.identity.id)
    node.mood = 'down'
    await node.store.close()
  }

  /** Puts another layout in place on all nodes at once. */
  change(layout: Layout): void {
    this.directory.replace(listOf(layout, ++this.#number))
  }

  /** Lets time pass in small steps, so that what follows from one step has run before the next. */
  async pass(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) await this.clock.advance(Math.min(step, ms - passed))
  }

  /** Lets time pass until a promise is kept. */
  async until<T>(promise: Promise<T>, limitMs = 120_000, step = 5): Promise<T> {
    const settled = { isOver: false }
    const watch = async (): Promise<void> => {
      await promise.catch(() => undefined)
      settled.isOver = true
    }
    void watch()
    for (let passed = 0; passed < limitMs; passed += step) {
      if (settled.isOver) return promise
      await this.clock.advance(step)
    }
    throw new Error('the promise was not kept in time')
  }

  request(target: MemberTarget, path: string, body: Uint8Array, options: MemberTransportOptions) {
    return this.#carry(target.nodeId, [target, path, body, options])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of this.nodes.values()) {
      await this.until(node.service.stop())
      await node.store.close()
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #carry(
    from: NodeId,
    [target, , body, { timeoutMs, signal }]: Parameters<MemberTransport['request']>,
  ): Promise<{ readonly status: number; readonly body: Uint8Array }> {
    this.sent.push({ from, to: target.nodeId, frame: body })
    const node = this.nodes.get(target.nodeId)
    const isCut = this.nodes.get(from)?.mood === 'down' || node?.mood === 'down'
    if (node === undefined || isCut) throw new Error('connection refused')
    if (node.mood !== 'frozen') {
      const reply = await node.service.members.handle(body.slice(), signal)
      if (node.mood === 'well') return reply
    }
    await this.clock.sleep(timeoutMs, signal)
    throw new Error('time is over')
  }
}
