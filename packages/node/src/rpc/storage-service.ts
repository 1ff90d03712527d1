import { ConvertedKeys, type RandomBytes } from '@sotto/protocol/crypto'
import { checkRequest, type MethodName } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { type DirectoryChange, type NodeDirectory, type ServiceNodeList } from '@sotto/registry'
import { type SleepingClock } from '../clock/clock.ts'
import { ExpirySweeper } from '../clock/expiry-sweeper.ts'
import { SwarmTime } from '../clock/swarm-time.ts'
import { HeldRetrieves } from '../held/held-retrieves.ts'
import { type HeldLimits, productionHeldLimits } from '../held/held-limits.ts'
import { type HeldPorts } from '../held/held-ports.ts'
import { type NodeStore } from '../store/port/node-store.ts'
import { applyMethods } from '../swarm/apply/apply-methods.ts'
import { LandingQueue } from '../swarm/forward/landing-queue.ts'
import { MemberCalls } from '../swarm/forward/member-calls.ts'
import { QueueDelivery } from '../swarm/forward/queue-delivery.ts'
import { productionSwarmLimits, type SwarmLimits } from '../swarm/forward/swarm-limits.ts'
import { SwarmWriter } from '../swarm/forward/swarm-writer.ts'
import { MemberClient } from '../swarm/link/member-client.ts'
import { MemberEndpoint, type MemberMethod } from '../swarm/link/member-endpoint.ts'
import { type MemberTransport } from '../swarm/link/member-transport.ts'
import { PairKeyRing } from '../swarm/link/pair-keys.ts'
import { MemberSessions } from '../swarm/link/sessions.ts'
import { PeerConduct } from '../swarm/peer-conduct.ts'
import { PeerWorkers, type Step } from '../swarm/peer-workers.ts'
import { ForeignAccounts } from '../swarm/replica/foreign-accounts.ts'
import { Handover } from '../swarm/replica/handover.ts'
import { turnAmong } from '../swarm/replica/handover-job.ts'
import { HandoverMemory } from '../swarm/replica/handover-memory.ts'
import { MarkClaims } from '../swarm/replica/mark-claims.ts'
import { Repair } from '../swarm/replica/repair.ts'
import { RepairSchedule } from '../swarm/replica/repair-schedule.ts'
import { ReplicaClient } from '../swarm/replica/replica-client.ts'
import { replicaAnswers } from '../swarm/replica/replica-methods.ts'
import { checkContext } from './node-context.ts'
import { type NetworkFacts } from './network-facts.ts'
import { type NodeIdentity } from './node-identity.ts'
import { RequestRunner } from './request-runner.ts'
import { ServedSwarm } from './served-swarm.ts'
import { StorageRpc } from './storage-rpc.ts'

/** What the storage side of a node is made of. */
export interface StorageServiceParts {
  readonly identity: NodeIdentity
  readonly directory: NodeDirectory
  /** Open; it is not closed here. */
  readonly store: NodeStore
  readonly transport: MemberTransport
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly facts: NetworkFacts
  readonly swarmLimits?: Partial<SwarmLimits>
  readonly heldLimits?: Partial<HeldLimits>
  /** Further methods of the member link, such as that of relayed onions. */
  readonly memberMethods?: ReadonlyMap<string, MemberMethod>
  /** Whether the node has too much to do: then it holds fewer retrieves. */
  readonly isOverloaded?: () => boolean
  /** Told of each request of clients by its method, for statistics. */
  readonly onRequest?: (method: MethodName) => void
  /** Told of comparisons with other members, with the number of messages that they brought. */
  readonly onRepaired?: (messages: number) => void
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/** Claims of marks that are remembered: some tens of MB at most. */
const maxClaims = 100_000
/** Keys of accounts that are remembered with their other form: 6 MB at most. */
const maxConvertedKeys = 20_000

/**
 * The storage side of a node: the storage RPC, held retrieves, and all that members of a swarm do for each other. The wiring
 * of its parts; each does one thing and knows the others by ports.
 */
export class StorageService {
  /** Answers clients. */
  readonly rpc: StorageRpc
  /** Answers other nodes, on the path of the member link. */
  readonly members: MemberEndpoint
  /** Asks other nodes over the member link. */
  readonly client: MemberClient
  /** Judges this node's clock. */
  readonly time: SwarmTime
  readonly #parts: StorageServiceParts
  readonly #limits: SwarmLimits
  /** Aborts when work for other nodes ends; what clients asked for is finished first. */
  readonly #stopping = new AbortController()
  readonly #served: ServedSwarm
  readonly #held: HeldRetrieves
  readonly #convertedKeys = new ConvertedKeys(maxConvertedKeys)
  readonly #conduct: PeerConduct
  readonly #landings: LandingQueue
  readonly #delivery: QueueDelivery
  readonly #deliveries: PeerWorkers
  readonly #handover: Handover
  readonly #handovers: PeerWorkers
  readonly #handoverMemory: HandoverMemory
  readonly #repairs: RepairSchedule
  readonly #foreign: ForeignAccounts
  readonly #sweeper: ExpirySweeper
  readonly #unsubscribe: (() => void)[] = []

  constructor(parts: StorageServiceParts) {
    const { identity, directory, store, transport, clock, random, facts, onFailure } = parts
    const { hardFork } = facts
    const stopped = this.#stopping.signal
    const limits = { ...productionSwarmLimits, ...parts.swarmLimits }
    const onRevoked = (owner: Parameters<HeldRetrieves['revoked']>[0]): void => this.#held.revoked(owner)
    this.#parts = parts
    this.#limits = limits
    const served = new ServedSwarm(identity.id, directory, clock, hardFork)
    this.#served = served
    this.time = new SwarmTime(clock, () => served.others())
    const keys = new PairKeyRing(identity, directory)
    const onTime = (node: NodeId, offsetMs: number): void => this.time.record(node, offsetMs)
    this.client = new MemberClient({ id: identity.id, keys, directory, transport, clock, random, stopped, onTime })
    const { client } = this
    const conduct = new PeerConduct(clock, limits, node => this.#returned(node))
    this.#conduct = conduct
    const replicas = new ReplicaClient({
      client,
      conduct,
      timeoutMs: limits.pieceTimeoutMs,
      pingMs: limits.peerTimeoutMs,
      stopped,
    })
    const claims = new MarkClaims({
      store,
      swarmSize: () => served.own()?.members.length ?? 1,
      maxClaims,
      onRevoked: ({ owner }) => onRevoked(owner),
    })
    this.#handoverMemory = new HandoverMemory(clock, limits.handoverMs)
    this.#delivery = new QueueDelivery({ clock, store, served, client, conduct, replicas, limits, stopped })
    this.#handover = new Handover({ id: identity.id, clock, directory, store, replicas, limits })
    this.#deliveries = this.#workers(node => this.#delivery.step(node))
    this.#handovers = this.#workers(node => this.#handover.step(node))
    const repair = new Repair({ clock, store, served, replicas, claims, limits, stopped })
    const onRepaired = parts.onRepaired ?? ((): void => undefined)
    this.#repairs = new RepairSchedule({
      clock,
      random,
      directory,
      served,
      repair,
      conduct,
      limits,
      stopped,
      onRepaired,
      onFailure,
    })
    this.#foreign = new ForeignAccounts({
      id: identity.id,
      clock,
      directory,
      served,
      store,
      replicas,
      limits,
      stopped,
      isHandingOver: () => this.#handover.unfinished().length > 0,
      onFailure,
    })
    this.#sweeper = new ExpirySweeper({ clock, store, time: this.time, everyMs: limits.sweepMs, stopped, onFailure })
    this.#landings = new LandingQueue({
      store,
      clock,
      lingerMs: limits.landingMs,
      onLanded: landings => {
        for (const node of new Set(landings.flatMap(({ unreached }) => unreached))) this.#deliveries.wake(node)
      },
      onFailure,
    })
    const calls = new MemberCalls({ client, conduct, timeoutMs: limits.peerTimeoutMs, stopped })
    const writes = new SwarmWriter({
      identity,
      clock,
      hardFork,
      store,
      served,
      calls,
      landings: this.#landings,
      limits,
      stopped,
      onRevoked,
      onFailure,
    })
    this.#held = new HeldRetrieves({
      ports: this.#heldPorts(),
      clock,
      random,
      hardFork,
      limits: { ...productionHeldLimits, ...parts.heldLimits },
    })
    const convertedKeys = this.#convertedKeys
    const node = { clock, random, directory, served, facts, store, convertedKeys, writes, held: this.#held }
    const runner = new RequestRunner(node, onFailure, parts.onRequest)
    this.rpc = new StorageRpc({ run: (request, call) => runner.run(request, call), now: () => clock.now(), onFailure })
    this.members = new MemberEndpoint({
      keys,
      sessions: new MemberSessions(directory, random, node => this.#heard(node)),
      clock,
      random,
      methods: new Map([
        ...applyMethods({ identity, clock, hardFork, store, served, capPublicAge: limits.capPublicAge, onRevoked }),
        ...replicaAnswers({ clock, store, served, conduct, claims, handovers: this.#handoverMemory, limits }),
        ...(parts.memberMethods ?? []),
      ]),
      maxPending: limits.maxPendingPerNode,
      onFailure,
    })
  }

  /** Whoever just started says so by asking; others would call it dead for some seconds more. */
  #heard(node: NodeId): void {
    const { directory, transport } = this.#parts
    const entry = directory.byId(node)
    if (entry !== undefined) transport.heard?.({ ip: entry.ip, port: entry.httpsPort })
  }

  /** How many retrieves are held now. */
  get held(): number {
    return this.#held.waiting
  }

  /** Whether this node was compared with its swarm since it joined it. */
  get isComplete(): boolean {
    return this.#repairs.isComplete
  }

  /** Begins to work for the swarm. Requests may be answered from now on. */
  start(): void {
    const { store, directory } = this.#parts
    this.#unsubscribe.push(
      store.onInserted((owner, namespace) => this.#held.wake(owner, namespace)),
      directory.onChange(change => this.#changed(change)),
    )
    for (const node of this.#delivery.waiting()) this.#deliveries.wake(node)
    for (const node of this.#handover.unfinished()) this.#handovers.wake(node)
    this.#repairs.start()
    this.#sweeper.start()
    this.#foreign.start()
  }

  /** Answers everybody who waits for news, within a second; from now on nothing is held. Everything else goes on. Spec 21 §2. */
  stopHolding(): Promise<void> {
    return this.#held.stop()
  }

  /** Answers everybody who waits, finishes what was begun, and stops working. New requests must not come any more. */
  async stop(): Promise<void> {
    await this.#held.stop()
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe()
    this.#stopping.abort(new DOMException('the node stops', 'AbortError'))
    await Promise.all([
      this.#deliveries.stopped(),
      this.#handovers.stopped(),
      this.#repairs.stopped(),
      this.#sweeper.stopped(),
      this.#foreign.stopped(),
    ])
    await this.#landings.drain()
  }

  #workers(step: (node: NodeId) => Promise<Step>): PeerWorkers {
    const { clock, random, onFailure } = this.#parts
    const { retryMinMs, retryMaxMs } = this.#limits
    return new PeerWorkers({ clock, random, retryMinMs, retryMaxMs, stopped: this.#stopping.signal, step, onFailure })
  }

  /** A node answers again after it did not. */
  #returned(node: NodeId): void {
    this.#deliveries.returned(node)
    this.#handovers.returned(node)
    if (this.#served.others().includes(node)) this.#repairs.returned(node)
  }

  #changed(change: DirectoryChange): void {
    const { identity, directory, onFailure } = this.#parts
    this.#handoverMemory.remember(change.before)
    this.#foreign.changed()
    this.#conduct.keepOnly(node => directory.byId(node) !== undefined)
    this.#held.swarmsChanged()
    const isMoved = change.moved.some(({ node }) => node.ed25519 === identity.id)
    if (isMoved) this.#repairs.swarmChanged()
    else this.#repairs.membersChanged()
    this.#beginHandovers(change).catch(onFailure)
  }

  async #beginHandovers(change: DirectoryChange): Promise<void> {
    for (const { ed25519 } of change.removed) await this.#parts.store.dropPeer(ed25519)
    const givers = formerMembers(change.before, this.#parts.identity.id)
    for (const node of await this.#handover.begin(change)) {
      const turn = turnAmong(givers, this.#parts.identity.id, node)
      this.#wakeHandover(node, turn * this.#limits.handoverStaggerMs).catch(this.#parts.onFailure)
    }
    for (const node of this.#delivery.waiting()) this.#deliveries.wake(node)
  }

  async #wakeHandover(node: NodeId, ms: number): Promise<void> {
    const { signal } = this.#stopping
    // Ends early only when everything does.
    if (ms > 0) await this.#parts.clock.sleep(ms, signal).catch(() => undefined)
    this.#handovers.wake(node)
  }

  #heldPorts(): HeldPorts {
    const { store, clock, facts, isOverloaded } = this.#parts
    const judging = { facts, store, convertedKeys: this.#convertedKeys }
    return {
      read: ({ owner, namespace, lastHash, maxCount, maxSize }) =>
        store.retrieve(
          owner,
          namespace,
          {
            ...(lastHash === undefined ? {} : { after: lastHash }),
            ...(maxCount === undefined || maxCount <= 0 ? {} : { maxCount }),
            maxSize,
          },
          clock.now(),
        ),
      check: (params, arrivedAt) => checkRequest({ method: 'retrieve', params }, checkContext(judging, arrivedAt)),
      wrongSwarm: owner => this.#served.wrongSwarm(owner),
      isRevoked: (owner, token) => store.isRevoked(owner, token),
      isReady: () => this.#repairs.isComplete,
      isOverloaded: isOverloaded ?? ((): boolean => false),
    }
  }
}

/** Who served the same accounts as a node. */
function formerMembers({ nodes }: ServiceNodeList, id: NodeId): readonly NodeId[] {
  const swarm = nodes.find(({ ed25519 }) => ed25519 === id)?.swarmId
  return nodes.filter(({ swarmId }) => swarmId === swarm).map(({ ed25519 }) => ed25519)
}
