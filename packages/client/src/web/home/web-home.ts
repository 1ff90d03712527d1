import { Network, type NetworkLimits, type NetworkState } from '@sotto/network'
import { encodeHex } from '@sotto/protocol/encoding'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { Accounts } from '../../accounts/accounts.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { type PassphrasePolicy, webPassphrasePolicy } from '../../accounts/passphrase-hash.ts'
import { openMessenger } from '../../open-messenger.ts'
import { WebAccountFiles } from '../files/web-account-files.ts'
import { PipeTransport } from '../pipe-transport.ts'
import { type PipeWebSocketConstructor } from '../pipe-transport-socket.ts'
import { WasmSqlite } from '../sqlite/wasm-sqlite.ts'
import { webClock } from '../system/web-clock.ts'
import { webRandom } from '../system/web-random.ts'
import { type AccountHost, type RunningClient } from './account-host.ts'
import { GatewayDirectory, type GatewayTrust } from './gateway-directory.ts'
import { LocalFileServer } from './local-file-server.ts'
import { type NetworkStatus } from './home-status.ts'
import { SmallRecords } from './small-records.ts'

/** What a home in a browser is made of. */
export interface WebHomeOptions {
  /** The gateway's origin: `https://chat.example.org`. */
  readonly gateway: string
  readonly trust: GatewayTrust
  /** Told of failures that nobody waits for. */
  readonly onProblem?: (problem: unknown) => void
  readonly limits?: NetworkLimits
  readonly policy?: PassphrasePolicy
}

interface RunningNetwork {
  readonly network: Network
  readonly transport: PipeTransport
  readonly nodes: GatewayDirectory
  /** Ends when the network was started, which waits for a list of nodes. */
  readonly starting: Promise<void>
}

/**
 * The accounts of an origin and the network that they live on, reached through a gateway. For a dedicated worker; one of the
 * origin at a time. Nothing connects before an account is started, and an account starts without the network: it shows what it
 * has, and connects when it can.
 */
export class WebHome implements AccountHost {
  readonly accounts: Accounts
  readonly #options: WebHomeOptions
  readonly #files: WebAccountFiles
  readonly #records: SmallRecords
  readonly #running = new Map<AccountSlot, WebAccount>()
  readonly #statusListeners = new Set<() => void>()
  readonly #stopping = Promise.withResolvers<void>()
  #network: Promise<RunningNetwork> | undefined
  readonly #ended = new AbortController()
  readonly #fileServer: LocalFileServer | undefined
  #parts: Pick<RunningNetwork, 'transport' | 'nodes'> | undefined
  #online = true

  private constructor(options: WebHomeOptions, files: WebAccountFiles, records: SmallRecords) {
    this.#options = options
    this.#files = files
    const isLocal = options.trust.kind === 'this-machine'
    this.#fileServer = isLocal ? new LocalFileServer(options.gateway, this.#ended.signal) : undefined
    this.#records = records
    const policy = options.policy ?? webPassphrasePolicy
    this.accounts = new Accounts({ files, random: webRandom, clock: webClock, policy })
  }

  /** @throws {AccountsError} `accounts.storage-failed` where the browser has no such storage or refuses it */
  static async open(options: WebHomeOptions): Promise<WebHome> {
    const files = await WebAccountFiles.open(await WasmSqlite.load())
    return new WebHome(options, files, await SmallRecords.open('sotto-home'))
  }

  /**
   * @throws {HomeError} `home.no-key`
   * @throws {StoreError} `store.newer-schema`, `store.broken-schema`
   */
  async start(account: OpenAccount): Promise<RunningClient> {
    const running = this.#running.get(account.slot)
    if (running !== undefined && !running.isStopped) return running
    const { network } = await this.#startNetwork()
    const { onProblem: report } = this.#options
    const local = this.#fileServer
    const client = openMessenger({
      database: account.database,
      blobs: account.blobs,
      fileServer: local && (() => local.server),
      network,
      clock: webClock,
      random: webRandom,
      ...(report === undefined ? {} : { report }),
    })
    client.start()
    const started = new WebAccount(client, account)
    this.#running.set(account.slot, started)
    return started
  }

  /** What the device says of its way out. */
  async setOnline(online: boolean): Promise<void> {
    this.#online = online
    const running = await this.#network?.catch(() => undefined)
    running?.transport.setOnline(online)
    this.#statusChanged()
    if (!online) return
    this.#poke()
    await Promise.all([running?.nodes.refresh(), running && this.#fileServer?.refresh()])
  }

  get status(): NetworkStatus {
    const { transport, nodes } = this.#parts ?? {}
    const gateway = transport?.state ?? 'idle'
    const retryInMs = transport?.retryInMs ?? Infinity
    const status = { gateway, online: this.#online, network: nodes?.state ?? 'unknown' }
    if (gateway !== 'waiting' || retryInMs === Infinity) return status
    return { ...status, nextTryAt: Math.round(webClock.now() + retryInMs) }
  }

  onStatus(listener: () => void): () => void {
    this.#statusListeners.add(listener)
    return () => void this.#statusListeners.delete(listener)
  }

  async forgetNetwork(): Promise<void> {
    const running = await this.#network?.catch(() => undefined)
    await (running?.nodes.forget() ?? this.#records.clear())
  }

  /** Stops every account that was started here, locks all, and leaves the network. */
  async stop(): Promise<void> {
    for (const account of this.#running.values()) await account.stop()
    this.#running.clear()
    this.#stopping.resolve()
    this.#ended.abort()
    const running = await this.#network?.catch(() => undefined)
    await running?.starting
    await running?.network.stop()
    running?.transport.close()
    await running?.nodes.stop()
    this.#records.close()
    this.#files.close()
  }

  async #startNetwork(): Promise<RunningNetwork> {
    this.#network ??= this.#openNetwork()
    try {
      return await this.#network
    } catch (error) {
      this.#network = undefined // the next one may find the nodes
      throw error
    }
  }

  async #openNetwork(): Promise<RunningNetwork> {
    const { gateway, trust, limits, onProblem = () => undefined } = this.#options
    const onChange = (): void => this.#statusChanged()
    const nodes = await GatewayDirectory.open({ gateway, trust, records: this.#records, onProblem, onChange })
    const transport = new PipeTransport({
      url: pipeOf(gateway),
      // It takes no bytes of shared memory, and is never given any.
      WebSocket: WebSocket as PipeWebSocketConstructor,
      clock: webClock,
      random: webRandom,
      onChange,
    })
    this.#parts = { transport, nodes }
    transport.setOnline(this.#online)
    const { directory, isLocal } = nodes
    const ports = { directory, transport, clock: webClock, random: webRandom, state: this.#stateOf(nodes), isLocal }
    const network = Network.create(limits === undefined ? ports : { ...ports, limits })
    const starting = this.#startWhenKnown(network, nodes).catch(onProblem)
    return { network, transport, nodes, starting }
  }

  /** Guards that were used before are known by the list: there is nothing to begin with before there is one. */
  async #startWhenKnown(network: Network, nodes: GatewayDirectory): Promise<void> {
    await Promise.race([nodes.known, this.#stopping.promise])
    if (!nodes.directory.isKnown) return
    await network.start()
    this.#poke()
    await this.#fileServer?.refresh()
  }

  /** Guards are of one network: another list of nodes must not share them. */
  #stateOf(nodes: GatewayDirectory): NetworkState {
    const name = (): string => `network-state ${nodes.keys.map(encodeHex).join(' ')}`
    return {
      load: async () => this.#records.load(name()),
      save: async bytes => {
        if (nodes.directory.isKnown && !nodes.isForgotten) await this.#records.save(name(), bytes)
      },
    }
  }

  #poke(): void {
    for (const account of this.#running.values()) account.poke()
  }

  #statusChanged(): void {
    for (const listener of this.#statusListeners) listener()
  }
}

/** `https` becomes `wss`. */
function pipeOf(gateway: string): string {
  const url = new URL('/pipe', gateway)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

class WebAccount implements RunningClient {
  readonly api: ReturnType<typeof openMessenger>
  readonly #account: OpenAccount
  #stopping: Promise<void> | undefined

  constructor(api: ReturnType<typeof openMessenger>, account: OpenAccount) {
    this.api = api
    this.#account = account
  }

  get isStopped(): boolean {
    return this.#stopping !== undefined
  }

  poke(): void {
    if (!this.isStopped) this.api.poke()
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    await this.#stopping
  }

  async #stop(): Promise<void> {
    try {
      await this.api.stop()
    } finally {
      await this.#account.lock()
    }
  }
}
