import { type Clock, type NetworkTime, type SwarmSession } from '@sotto/network'
import { type AccountId } from '@sotto/protocol/account'
import { defaultFileServer, type FileServer } from '@sotto/protocol/attachment'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { openAccount } from '../account/account-row.ts'
import { type AskOptions, type ClientApi, type WatchListener } from '../channel/client-api.ts'
import { type BlobFolder } from '../files/blob-folder.ts'
import { FileStore } from '../files/file-store.ts'
import { MemoryBlobs } from '../files/memory-blobs.ts'
import { type Store, type TrackedAnswer } from '../store/store.ts'
import { type CommandHandler, type QueryHandler } from './calls.ts'
import { ClientError } from './client-error.ts'
import { type EngineContext } from './context.ts'
import { Engine } from './engine.ts'
import { type Feature } from './feature.ts'
import { type ClientLimits, productionClientLimits } from './limits.ts'
import { WatchedQuery } from './watched-query.ts'

/** The part of the network that a client needs; a `Network` fits. */
export interface ClientNetwork {
  readonly time: NetworkTime
  session(isolation: string): SwarmSession
}

/** What a client is made of. */
export interface MessengerOptions {
  /** Open, with an account in it. The client closes it. */
  readonly store: Store
  readonly network: ClientNetwork
  readonly clock: Clock
  readonly random: RandomBytes
  readonly features: readonly Feature[]
  /** Where files of the account lie, sealed. Without it they live as long as the client: for tests. */
  readonly blobs?: BlobFolder | undefined
  /** Where own files are brought. Default: that of the existing network. Spec 10 §6.4. */
  readonly fileServer?: (() => FileServer) | undefined
  readonly limits?: Partial<ClientLimits>
  readonly report?: (error: unknown) => void
  readonly delayed?: boolean
}

/** One account that is unlocked: answers commands and queries by name, and lives with its network until it is stopped. */
export class MessengerClient implements ClientApi {
  readonly accountId: AccountId
  readonly #engine: Engine
  readonly #store: Store
  readonly #commands: ReadonlyMap<string, CommandHandler>
  readonly #queries: ReadonlyMap<string, QueryHandler>
  readonly #watched = new Set<WatchedQuery>()

  /** @throws {ClientError} `client.no-account` */
  constructor({ store, network, limits, report, delayed, blobs, fileServer, ...rest }: MessengerOptions) {
    this.#store = store
    const keys = openAccount(store)
    this.accountId = keys.accountId
    this.#engine = new Engine({
      ...rest,
      store,
      files: new FileStore({ store, blobs: blobs ?? new MemoryBlobs(), random: rest.random }),
      fileServer: fileServer ?? defaultFileServer,
      keys,
      swarm: network.session(`own:${this.accountId}`),
      openSession: isolation => network.session(isolation),
      time: network.time,
      limits: { ...productionClientLimits, ...limits },
      report: report ?? (() => undefined),
      delayed: delayed ?? false,
    })
    this.#commands = new Map(rest.features.flatMap(({ commands }) => Object.entries(commands ?? {})))
    this.#queries = new Map(rest.features.flatMap(({ queries }) => Object.entries(queries ?? {})))
  }

  /** What features work with; for those that run beside the client. */
  get context(): EngineContext {
    return this.#engine.context
  }

  /** Begins to receive and to send. Commands and queries work before as well. */
  start(): void {
    this.#engine.start()
  }

  /** After sleep or a change of the network. */
  poke(): void {
    this.#requireRunning()
    this.#engine.poke()
  }

  /**
   * @throws {ClientError} `client.unknown-command`, `client.bad-arguments`, `client.stopped`, `client.cancelled`, and those of
   * the command
   */
  async command(name: string, args?: unknown, { signal }: AskOptions = {}): Promise<unknown> {
    this.#requireRunning()
    if (signal?.aborted === true) throw new ClientError('client.cancelled')
    const handler = this.#commands.get(name)
    if (handler === undefined) throw new ClientError('client.unknown-command')
    return handler(args, this.#engine.context)
  }

  /** @throws {ClientError} `client.unknown-query`, `client.bad-arguments`, `client.stopped`, and those of the query */
  async query(name: string, args?: unknown, { signal }: AskOptions = {}): Promise<unknown> {
    this.#requireRunning()
    if (signal?.aborted === true) throw new ClientError('client.cancelled')
    const handler = this.#handlerOf(name)
    return this.#store.read(reader => handler(args, reader, this.#engine.context))
  }

  /** Answers now, in this turn, and after every change of what the answer was made from. An error ends it. */
  watch(name: string, args: unknown, listener: WatchListener): () => void {
    const { clock, report } = this.#engine.context
    const ask = (): TrackedAnswer<unknown> => {
      this.#requireRunning()
      const handler = this.#handlerOf(name)
      return this.#store.readTracked(reader => handler(args, reader, this.#engine.context))
    }
    const watched = new WatchedQuery({ store: this.#store, clock, ask, report })
    this.#watched.add(watched)
    const stop = (): void => {
      watched.stop()
      this.#watched.delete(watched)
    }
    watched.start(listener)
    return stop
  }

  /** Ends everything, destroys the keys and closes the store. What was queued is taken up at the next start. */
  async stop(): Promise<void> {
    for (const watched of this.#watched) watched.stop()
    this.#watched.clear()
    await this.#engine.stop()
    const { ed25519, x25519 } = this.#engine.context.keys
    ed25519.wipe()
    x25519.secretKey.wipe()
    this.#store.close()
  }

  #handlerOf(name: string): QueryHandler {
    const handler = this.#queries.get(name)
    if (handler === undefined) throw new ClientError('client.unknown-query')
    return handler
  }

  #requireRunning(): void {
    if (this.#engine.context.stopped.aborted) throw new ClientError('client.stopped')
  }
}
