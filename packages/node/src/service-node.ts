import { join } from 'node:path'
import { setMaxListeners } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeDirectory } from '@sotto/registry'
import { Listener, loadOrCreateCertificate, Log, type LogOutput, Metrics, type WriterThread } from '@sotto/server'
import { NodeLinks, OutsideServers } from '@sotto/transport'
import { adminRoutes } from './admin/admin-routes.ts'
import { Readiness } from './admin/readiness.ts'
import { type SleepingClock } from './clock/clock.ts'
import { type NodeConfig, productName } from './config.ts'
import { ClientGate } from './http/client-gate.ts'
import { nodeRoutes } from './http/node-routes.ts'
import { type Load, noLoad } from './load/event-loop-load.ts'
import { type NodeEvents } from './node-events.ts'
import { registerNodeMetrics } from './node-metrics.ts'
import { NextHops, onionMethod } from './onion/next-hops.ts'
import { OnionRelay } from './onion/onion-relay.ts'
import { frameRelayReply } from './onion/relay-reply.ts'
import { ReplayJournal } from './onion/replay-journal.ts'
import { ReplayMemory } from './onion/replay-memory.ts'
import { ServerProxy } from './onion/server-proxy.ts'
import { pingTest } from './ping/ping-test.ts'
import { Reachability } from './ping/reachability.ts'
import { type NodeIdentity } from './rpc/node-identity.ts'
import { StorageService } from './rpc/storage-service.ts'
import { formatStats, type NodeStats } from './stats/node-stats.ts'
import { RequestCounts } from './stats/request-counts.ts'
import { openNodeStore } from './store/open-node-store.ts'
import { type NodeStore } from './store/port/node-store.ts'
import { type MemberMethod } from './swarm/link/member-endpoint.ts'

/** What a node is made of. What several nodes of one process can share is handed in: directory, clock, load, log. */
export interface ServiceNodeOptions {
  readonly config: NodeConfig
  readonly identity: NodeIdentity
  readonly directory: NodeDirectory
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly load?: Load
  /** Where the database is written; by default the node has a thread of its own. */
  readonly writerThread?: WriterThread
  readonly log?: LogOutput
  /** The disk failed: the process has to end, and the node is to be started again. Spec 70, D10. */
  readonly onFatal?: () => void
}

/** Everything that exists while a node runs. */
interface Parts {
  readonly store: NodeStore
  readonly storage: StorageService
  readonly relay: OnionRelay
  readonly journal: ReplayJournal
  readonly links: NodeLinks
  readonly outside: OutsideServers
  readonly listener: Listener
  readonly admin: Listener | undefined
  readonly reachability: Reachability
  readonly gate: ClientGate
}

/** How long a start waits for the comparison with the swarm; the node answers 503 to storage requests meanwhile, ms. */
const syncWaitMs = 5000
const syncLookMs = 20
/** How often the memory of onions is written, ms. */
const journalMs = 1000

/**
 * A service node: relays onions, and with its swarm stores messages until they are fetched. Once started and once stopped;
 * for a new start a new object is made. Spec 20.
 */
export class ServiceNode {
  readonly #options: ServiceNodeOptions
  readonly #log: Log<NodeEvents>
  readonly #counts: RequestCounts
  /** Aborts when the node waits for nobody any more. */
  readonly #stopped = new AbortController()
  /** Aborts when the node begins to stop, which is before that. */
  readonly #idle = new AbortController()
  readonly #readiness: Readiness
  readonly #metrics = new Metrics()
  #parts: Parts | undefined
  #running: Promise<unknown> = Promise.resolve()
  #stopping: Promise<void> | undefined

  constructor(options: ServiceNodeOptions) {
    const { clock, log, directory, identity } = options
    this.#options = options
    this.#log = new Log<NodeEvents>(log)
    this.#counts = new RequestCounts(() => clock.monotonic())
    this.#readiness = new Readiness({
      now: () => clock.monotonic(),
      isComplete: () => this.#parts?.storage.isComplete ?? false,
      hasSwarm: () => {
        const entry = directory.byId(identity.id)
        return entry !== undefined && directory.swarmById(entry.swarmId) !== undefined
      },
    })
    // Every request of another node listens to it.
    setMaxListeners(0, this.#stopped.signal)
  }

  /** The port on which clients and nodes reach it; 0 while it does not run. */
  get port(): number {
    return this.#parts?.listener.port ?? 0
  }

  /** The port of health and metrics; 0 if there is none. */
  get adminPort(): number {
    return this.#parts?.admin?.port ?? 0
  }

  /**
   * Ends when the node answers, and has been compared with the members of its swarm that can be reached.
   * @throws {DatabaseError} for a database that cannot be opened
   * @throws {ListenerError}, {CertificateError}
   */
  async start(): Promise<void> {
    const { config } = this.#options
    await mkdir(config.folder, { recursive: true, mode: 0o700 })
    const store = await this.#openStore()
    const parts = this.#create(store)
    this.#parts = parts
    try {
      await parts.listener.start()
      await parts.admin?.start()
    } catch (error) {
      await this.stop()
      throw error
    }
    parts.storage.start()
    this.#readiness.started()
    this.#running = Promise.all([parts.reachability.run(this.#idle.signal), this.#keepJournal(parts)])
    await this.#untilSynced(parts)
    this.#log.info('node.started', { port: this.port, ready: this.#readiness.ready })
  }

  /** Takes nothing new, answers what it was asked, and ends. Calling it again waits for the same end. */
  stop(deadlineMs = this.#options.config.stopMs): Promise<void> {
    this.#stopping ??= this.#stop(deadlineMs)
    return this.#stopping
  }

  /** For operators. Spec 20 §6, get_stats. */
  async stats(): Promise<NodeStats> {
    const { directory, config } = this.#options
    if (this.#parts === undefined) return {}
    const { store, links, relay, storage, reachability } = this.#parts
    const list = directory.list()
    return formatStats(await store.statistics(), {
      requests: this.#counts.read(),
      version: config.facts.version,
      height: list.number,
      peers: list.nodes.length - 1,
      links: links.counts(),
      onionsPending: relay.pending,
      held: storage.held,
      reachability: reachability.stats,
    })
  }

  async #openStore(): Promise<NodeStore> {
    const { config, clock, writerThread, onFatal } = this.#options
    const { store, movedAside } = await openNodeStore({
      path: join(config.folder, 'storage.db'),
      limits: config.limits.store,
      moveAsideAt: clock,
      ...(writerThread === undefined ? {} : { thread: writerThread }),
      onFatal: error => {
        this.#readiness.databaseFailed()
        this.#log.failure('node.database-failed', error)
        onFatal?.()
      },
    })
    if (movedAside !== undefined) this.#log.error('node.database-moved-aside')
    return store
  }

  #create(store: NodeStore): Parts {
    const { config, clock, random, load = noLoad, directory, identity } = this.#options
    const links = new NodeLinks({ random, limits: config.limits.links })
    const outside = new OutsideServers({
      policy: config.servers,
      maxPerServer: config.limits.onion.maxPendingPerServer,
    })
    const journal = new ReplayJournal(join(config.folder, 'seen'), () => clock.now(), this.#onProblem)
    const storage = this.#createStorage(store, links, (body, sender, memory) => relay.relayed(body, sender, memory))
    const relay = this.#createRelay(storage, outside, journal)
    const gate = new ClientGate(config.limits.clients, { clock, random })
    const reachability = new Reachability({
      id: identity.id,
      directory,
      clock,
      random,
      limits: config.limits.reachability,
      test: pingTest,
    })
    const listener = this.#createListener(storage, relay, gate)
    registerNodeMetrics(this.#metrics, { relay, storage, links, gate, reachability, load, readiness: this.#readiness })
    const admin = this.#createAdmin()
    return { store, storage, relay, journal, links, outside, listener, admin, reachability, gate }
  }

  #createStorage(store: NodeStore, links: NodeLinks, relayed: OnionRelay['relayed']): StorageService {
    const { config, clock, random, load = noLoad, directory, identity } = this.#options
    const onOnion: MemberMethod = (body, sender, _signal, memory) =>
      relayed(body, sender, memory).then(reply => ({ status: 200, body: frameRelayReply(reply) }))
    return new StorageService({
      identity,
      directory,
      store,
      transport: links,
      clock,
      random,
      facts: config.facts,
      swarmLimits: config.limits.swarm,
      heldLimits: config.limits.held,
      memberMethods: new Map([[onionMethod, onOnion]]),
      isOverloaded: () => load.isOverloaded(),
      onRequest: method => {
        if (method === 'store' || method === 'retrieve') this.#counts.count(method)
      },
      onFailure: this.#onProblem,
    })
  }

  #createRelay(storage: StorageService, outside: OutsideServers, journal: ReplayJournal): OnionRelay {
    const { config, clock, random, load = noLoad, directory, identity } = this.#options
    const { limits, facts } = config
    const { signal } = this.#stopped
    const hops = new NextHops({
      id: identity.id,
      directory,
      ask: (node, method, body, options) => storage.client.ask(node, method, body, options),
      limits: limits.onion,
      signal,
      relayed: (body, sender) => relay.relayed(body, sender),
    })
    const request = outside.requestServer.bind(outside)
    const proxy = new ServerProxy({ request, limits: limits.onion, userAgent: productName(facts), signal })
    const relay = new OnionRelay({
      identity,
      blockers: () => this.#readiness.relayBlockers(),
      isStuck: () => load.isStuck(),
      answer: rpc =>
        this.#readiness.ready ? storage.rpc.answer(rpc, 'onion', this.#stopped) : Promise.resolve(undefined),
      forward: (next, onion, memory) => hops.forward(next, onion, memory),
      proxy: (address, body) => proxy.post(address, body),
      replay: new ReplayMemory(identity.ed25519, clock, { limits: limits.replay, store: journal }),
      random,
      limits: limits.onion,
      turns: { now: () => clock.monotonic(), defer: setImmediate },
      count: what => this.#counts.count(what),
    })
    return relay
  }

  #createListener(storage: StorageService, relay: OnionRelay, gate: ClientGate): Listener {
    const { config, clock, random, log, identity } = this.#options
    const blockers = (): readonly string[] => this.#readiness.storageBlockers()
    const { facts, gateways = [] } = config
    return new Listener({
      ...config.listen,
      tls: loadOrCreateCertificate(config.folder, { clock, random }),
      routes: nodeRoutes({ id: identity.id, facts, storage, relay, gate, gateways, blockers }),
      links: true,
      server: productName(facts),
      limits: config.limits.listener,
      metrics: this.#metrics,
      ...(log === undefined ? {} : { log }),
    })
  }

  #createAdmin(): Listener | undefined {
    const { config, log } = this.#options
    if (config.admin === undefined) return undefined
    const routes = adminRoutes({ health: this.#readiness, metrics: this.#metrics, stats: () => this.stats() })
    return new Listener({ ...config.admin, routes, ...(log === undefined ? {} : { log }) })
  }

  /** Not longer than a moment: a member that is silent must not hold up the others. */
  async #untilSynced({ storage }: Parts): Promise<void> {
    const { clock } = this.#options
    const endsAt = clock.monotonic() + syncWaitMs
    while (!storage.isComplete && clock.monotonic() < endsAt) {
      await clock.sleep(syncLookMs, this.#idle.signal).catch(() => undefined)
      if (this.#idle.signal.aborted) return
    }
  }

  /** What waits in memory is written now and then. */
  async #keepJournal({ journal }: Parts): Promise<void> {
    const { signal } = this.#idle
    while (!signal.aborted) {
      await this.#options.clock.sleep(journalMs, signal).catch(() => undefined)
      journal.flush()
    }
  }

  /**
   * Says no to what is new, answers the held retrieves, lets the rest finish, and only then ends what it stands on: changes
   * that are under way still reach the other members. Whatever is not over by the deadline is cut.
   */
  async #stop(deadlineMs: number): Promise<void> {
    const parts = this.#parts
    this.#readiness.stopping()
    this.#idle.abort()
    if (parts === undefined) return
    const cut = (): void => this.#stopped.abort(new DOMException('the node stops', 'AbortError'))
    const deadline = setTimeout(cut, deadlineMs)
    await Promise.all([parts.storage.stopHolding(), parts.listener.stop(deadlineMs), this.#running])
    clearTimeout(deadline)
    cut()
    await Promise.all([parts.storage.stop(), parts.admin?.stop(1000)])
    parts.links.stop()
    parts.outside.stop()
    parts.journal.flush()
    await parts.store.close()
    this.#log.info('node.stopped', {})
  }

  readonly #onProblem = (cause: unknown): void => this.#log.failure('node.failure', cause)
}
