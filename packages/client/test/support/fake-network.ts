import {
  NetworkError,
  type NetworkErrorCode,
  type MemberReply,
  type NetworkTime,
  type PathView,
  type ServerOptions,
  type ServerReply,
  type StoreReceipt,
  type SwarmSession,
} from '@sotto/network'
import { type Json } from '@sotto/protocol/encoding'
import { agreeOnName, type NameRecord, nameRequest, parseNameAnswer, type RegisteredName } from '@sotto/protocol/names'
import {
  checkRequest,
  hashMessage,
  type MessageHash,
  type MethodName,
  type MethodParams,
  type Namespace,
  type StorageRequest,
  type StoredMessage,
  type StoreParams,
} from '@sotto/protocol/storage'
import { type NodeId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { type ManualClock } from '@sotto/testing'
import { type ServerDestination, type V4Request } from '@sotto/protocol/onion'
import { contextAt } from './check-context.ts'
import { FakeFileServer } from './fake-file-server.ts'
import { answerRequest, type AskedNetwork } from './fake-requests.ts'
import { FakeWatch, type Step, type WatchedDevice, type WatchedNetwork } from './fake-watch.ts'

/** What one owner has in one namespace, in the order in which it came. The members of the swarm all have the same. */
interface Box {
  readonly owner: SwarmOwner
  readonly namespace: Namespace
  messages: readonly StoredMessage[]
}

/** A network in memory, in virtual time: one swarm of three members that keeps everybody's messages. */
export class FakeNetwork implements WatchedNetwork, AskedNetwork {
  readonly clock: ManualClock
  readonly members = ['a', 'b', 'c'].map(digit => digit.repeat(64) as NodeId)
  readonly #boxes = new Map<string, Box>()
  readonly #watches = new Set<FakeWatch>()
  /** Every store that was accepted, in order: also those that were there before. */
  readonly stored: { readonly owner: SwarmOwner; readonly hash: MessageHash; readonly data: Uint8Array }[] = []

  /** The file server that everybody's requests to servers reach. */
  readonly files = new FakeFileServer()
  /** Members that carry out nothing that others pass on to them. */
  readonly silent = new Set<NodeId>()
  /** What each member says of names. */
  readonly nameAnswers = new Map<NodeId, Json>()
  /** Every request but stores and retrieves, in order. */
  readonly asked: StorageRequest[] = []

  constructor(clock: ManualClock) {
    this.clock = clock
  }

  /** The network as one device sees it. */
  device(): FakeDevice {
    return new FakeDevice(this)
  }

  store(params: StoreParams): MessageHash {
    const { owner, namespace, data, timestamp, expiry } = params
    checkRequest({ method: 'store', params }, contextAt(this.clock.now()))
    const hash = hashMessage(owner, namespace, data)
    const box = this.box(owner, namespace)
    this.stored.push({ owner, hash, data })
    if (box.messages.some(each => each.hash === hash)) return hash
    box.messages = [...box.messages, { hash, timestamp, expiry, data: Uint8Array.from(data) }]
    for (const watch of this.#watches) watch.wake()
    return hash
  }

  box(owner: SwarmOwner, namespace: Namespace): Box {
    const key = `${owner} ${namespace}`
    const box = this.#boxes.get(key) ?? { owner, namespace, messages: [] }
    this.#boxes.set(key, box)
    return box
  }

  boxesOf(owner: SwarmOwner): readonly Box[] {
    return [...this.#boxes.values()].filter(box => box.owner === owner)
  }

  /** Everything of an owner, in another order, as another swarm would have it. */
  rearrange(
    owner: SwarmOwner,
    namespace: Namespace,
    order: (messages: readonly StoredMessage[]) => StoredMessage[],
  ): void {
    const box = this.box(owner, namespace)
    box.messages = order(box.messages)
  }

  addWatch(watch: FakeWatch): void {
    this.#watches.add(watch)
  }

  removeWatch(watch: FakeWatch): void {
    this.#watches.delete(watch)
  }

  /** Devices that were offline notice that they are not. */
  wakeAll(): void {
    for (const watch of this.#watches) watch.wake()
  }
}

/** One device: online or not, with faults on demand. Fits where a client wants a network. */
export class FakeDevice implements WatchedDevice {
  readonly network: FakeNetwork
  isOnline = true
  /** Stores wait for as long as it is set, as they do for a way to the network. */
  holdsStores = false
  /** Fails stores with this while it is set. */
  storeError: NetworkErrorCode | undefined
  /** Fails other requests with this while it is set. */
  requestError: NetworkErrorCode | undefined
  /** How long other requests take. */
  requestMs = 10
  /** Throws to break off at a step; by default nothing happens. */
  onStep: (step: Step) => void = () => undefined
  attempts = 0
  readonly time: NetworkTime
  readonly #timeListeners = new Set<() => void>()
  readonly #pathListeners = new Set<() => void>()
  /** What every session says of its paths. */
  paths: readonly PathView[] = []
  #wrongMs = 0

  constructor(network: FakeNetwork) {
    this.network = network
    this.time = {
      now: () => network.clock.now() + this.#wrongMs,
      offset: () => this.#wrongMs,
      isSettled: () => this.#wrongMs === 0,
      onChange: listener => {
        this.#timeListeners.add(listener)
        return () => this.#timeListeners.delete(listener)
      },
    }
  }

  /** The clock of the device is wrong by so much, and nobody has told it yet; 0 is when somebody has. */
  mistakeTime(ms: number): void {
    this.#wrongMs = ms
    for (const listener of this.#timeListeners) listener()
  }

  changePaths(paths: readonly PathView[]): void {
    this.paths = paths
    for (const listener of this.#pathListeners) listener()
  }

  goOnline(): void {
    this.isOnline = true
    this.network.wakeAll()
  }

  session(isolation: string): SwarmSession {
    const watches = new Set<FakeWatch>()
    return {
      isolation,
      // Only the id of an entry is ever looked at by a client.
      swarm: async () => this.network.members.map(ed25519 => ({ ed25519 }) as NodeEntry),
      request: async (_, method, build, options) => this.#request(method, build, options?.member),
      toServer: async (server, request, options) => this.#toServer(server, request, options),
      lookUpName: async name => this.#lookUpName(name),
      path: () => this.paths[0],
      paths: () => this.paths,
      onPathChange: listener => {
        this.#pathListeners.add(listener)
        return () => this.#pathListeners.delete(listener)
      },
      store: async (_, build, options) => this.#store(build, options?.signal),
      watch: options => {
        const watch = new FakeWatch(this, options, () => watches.delete(watch))
        watches.add(watch)
        return watch
      },
      close: () => {
        for (const watch of watches) void watch.stop()
      },
    }
  }

  async #store(build: (now: number) => StoreParams, signal: AbortSignal | undefined): Promise<StoreReceipt> {
    const { clock, members } = this.network
    this.attempts += 1
    await clock.sleep(10, signal)
    while (this.holdsStores) await clock.sleep(100, signal)
    this.#requireOnline()
    this.onStep('before-store')
    const hash = this.network.store(build(clock.now()))
    this.onStep('after-store')
    await clock.sleep(10)
    this.#requireOnline()
    return { hash, confirmedBy: members, storedAt: clock.now() }
  }

  async #request<M extends MethodName>(
    method: M,
    build: (now: number) => MethodParams[M],
    wanted: NodeId | undefined,
  ): Promise<MemberReply<M>> {
    const { clock, members } = this.network
    await clock.sleep(this.requestMs)
    this.#requireOnline()
    if (this.requestError !== undefined) throw new NetworkError(this.requestError)
    const member = wanted ?? members.find(id => !this.network.silent.has(id))
    if (member === undefined || this.network.silent.has(member)) throw new NetworkError('network.timed-out')
    return { status: 200, reply: answerRequest(this.network, method, build(clock.now()), member), member }
  }

  async #toServer(server: ServerDestination, request: V4Request, options: ServerOptions = {}): Promise<ServerReply> {
    const { onProgress, signal } = options
    const { clock, files } = this.network
    await clock.sleep(10, signal)
    while (files.isHeld) await clock.sleep(100, signal)
    this.#requireOnline()
    onProgress?.(Math.floor((request.body?.length ?? 0) / 2))
    if (files.slowMs > 0) await clock.sleep(files.slowMs, signal)
    this.onStep('before-server')
    const reply = files.answer(server, request)
    this.onStep('after-server')
    await clock.sleep(10, signal)
    this.#requireOnline()
    return reply
  }

  async #lookUpName(name: RegisteredName): Promise<NameRecord | undefined> {
    const asked = this.network.members.map(async member => {
      const { reply } = await this.#request('oxend_request', () => nameRequest(name), member)
      return parseNameAnswer(reply.result)
    })
    const answers = await Promise.allSettled(asked)
    const said = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []))
    if (said.length < answers.length) throw new NetworkError('network.path-failed')
    return agreeOnName(said)
  }

  #requireOnline(): void {
    if (!this.isOnline) throw new NetworkError('network.unreachable')
    if (this.storeError !== undefined) throw new NetworkError(this.storeError)
  }
}
