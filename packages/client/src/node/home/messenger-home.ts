import { join } from 'node:path'
import { Network, type NetworkLimits } from '@sotto/network'
import { type FileServer, parseFileServer } from '@sotto/protocol/attachment'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'
import { type Socks5Proxy } from '@sotto/transport'
import { type AccountSlot } from '../../accounts/account-slot.ts'
import { Accounts } from '../../accounts/accounts.ts'
import { type OpenAccount } from '../../accounts/open-account.ts'
import { nodePassphrasePolicy, type PassphrasePolicy } from '../../accounts/passphrase-hash.ts'
import { ChannelError } from '../../channel/channel-error.ts'
import { RemoteApi } from '../../channel/remote-api.ts'
import { openMessenger } from '../../open-messenger.ts'
import { AccountServer } from '../channel/account-server.ts'
import { connectAccount } from '../channel/connect-account.ts'
import { FolderAccountFiles } from '../files/folder-account-files.ts'
import { FileNetworkState } from '../network/file-network-state.ts'
import { NodeTransport } from '../network/node-transport.ts'
import { systemClock } from '../system/system-clock.ts'
import { systemRandom } from '../system/system-random.ts'
import { HolderApi } from './holder-api.ts'
import { HomeError } from './home-error.ts'
import { type NetworkChoice, openDirectory } from './network-choice.ts'
import { RunningAccount } from './running-account.ts'

/** What a home is made of. */
export interface MessengerHomeOptions {
  /** Where accounts are kept, each in an encrypted database; made if it is not there (0700). */
  readonly folder: string
  /** Default: that of existing clients. */
  readonly network?: NetworkChoice
  /** Where files are brought; default: the server of the existing network. `ed25519` is 64 hex digits. */
  readonly fileServer?: { readonly url: string; readonly ed25519: string } | undefined
  /** Reaches guards through it, such as Tor. */
  readonly proxy?: Socks5Proxy
  /** Told of failures that nobody waits for: a list of nodes that was not taken, a message that could not be handled. */
  readonly onProblem?: (problem: unknown) => void
  readonly limits?: NetworkLimits
  readonly policy?: PassphrasePolicy
}

interface RunningNetwork {
  readonly network: Network
  stop(): Promise<void>
}

/**
 * The accounts of this user on this machine, and the network that they live on: what a program opens first. Nothing connects to
 * the network before an account is started.
 */
export class MessengerHome {
  readonly accounts: Accounts
  readonly #options: MessengerHomeOptions
  readonly #files: FolderAccountFiles
  readonly #fileServer: (() => FileServer) | undefined
  readonly #running = new Map<AccountSlot, RunningAccount>()
  readonly #ended = new AbortController()
  #network: Promise<RunningNetwork> | undefined

  /**
   * @throws {AccountsError} `accounts.storage-failed`, `accounts.storage-full`
   * @throws {HomeError} `home.seeds-past-proxy`
   * @throws {FileServerError} `file-server.bad-url` @throws {EncodingError} @throws {CryptoError} for a file server that is none
   */
  constructor(options: MessengerHomeOptions) {
    const { network = { kind: 'seeds' }, proxy } = options
    if (proxy !== undefined && network.kind === 'seeds') throw new HomeError('home.seeds-past-proxy')
    this.#options = options
    this.#fileServer = fileServerOf(options)
    this.#files = new FolderAccountFiles(options.folder)
    this.accounts = new Accounts({
      files: this.#files,
      random: systemRandom,
      clock: systemClock,
      policy: options.policy ?? nodePassphrasePolicy,
    })
  }

  /** The account where another process of this user has it open; `undefined` if none has. */
  async connect(slot: AccountSlot): Promise<RemoteApi | undefined> {
    try {
      return new RemoteApi(await connectAccount(this.#files.folderOf(slot)), { clock: systemClock })
    } catch (error) {
      if (error instanceof ChannelError && error.code === 'channel.unreachable') return undefined
      throw error
    }
  }

  /**
   * Starts an open account: it receives and sends from now on, and serves other processes. Starting it twice is the same.
   * @throws {RegistryError} @throws {RegistryFileError} for a signed list that can't be read or believed
   * @throws {StoreError} `store.newer-schema`, `store.broken-schema`
   * @throws {ChannelError} `channel.unreachable` if other processes can't be served
   */
  async start(account: OpenAccount): Promise<RunningAccount> {
    const running = this.#running.get(account.slot)
    if (running !== undefined && !running.isStopped) return running
    const { network } = await this.#startNetwork()
    const client = openMessenger({
      database: account.database,
      blobs: account.blobs,
      fileServer: this.#fileServer,
      network,
      clock: systemClock,
      random: systemRandom,
      ...(this.#options.onProblem === undefined ? {} : { report: this.#options.onProblem }),
    })
    client.start()
    const served = new HolderApi(client, () => void this.#running.get(account.slot)?.stop())
    const server = await AccountServer.start(this.#files.folderOf(account.slot), served)
    const started = new RunningAccount({ account, client, server })
    this.#running.set(account.slot, started)
    return started
  }

  /** Stops every account that was started here, locks all, and leaves the network. */
  async stop(): Promise<void> {
    for (const account of this.#running.values()) await account.stop()
    this.#running.clear()
    this.#ended.abort()
    const network = await this.#network?.catch(() => undefined)
    await network?.stop()
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
    const { folder, proxy, limits, network: choice = { kind: 'seeds' }, onProblem = () => undefined } = this.#options
    const kept = join(folder, 'network-state', stateName(choice))
    const { signal } = this.#ended
    const opened = await openDirectory(choice, { path: `${kept}-nodes.json`, onProblem, signal })
    const { directory, isLocal } = opened
    const transport = new NodeTransport(proxy === undefined ? {} : { socks5: proxy })
    // Guards are of one network: another list of nodes must not share them.
    const state = new FileNetworkState(`${kept}.json`)
    const ports = { directory, transport, clock: systemClock, random: systemRandom, state, isLocal }
    const network = Network.create(limits === undefined ? ports : { ...ports, limits })
    await network.start()
    return {
      network,
      stop: async () => {
        await network.stop()
        transport.stop()
        await opened.stop()
      },
    }
  }
}

function fileServerOf({ fileServer }: MessengerHomeOptions): (() => FileServer) | undefined {
  if (fileServer === undefined) return undefined
  const server = parseFileServer(fileServer.url, ed25519PublicKey(decodeHex(fileServer.ed25519)))
  return () => server
}

function stateName(choice: NetworkChoice): string {
  return choice.kind === 'seeds' ? 'main' : Buffer.from(choice.signer).toString('hex')
}
