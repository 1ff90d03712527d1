import { join } from 'node:path'
import { type Ed25519KeyPair, ed25519KeyPairToX25519, type RandomBytes } from '@sotto/protocol/crypto'
import { MAX_ONION_SIZE } from '@sotto/protocol/onion'
import {
  type Certificate,
  type DatabaseError,
  type ErrorReply,
  Health,
  healthRoute,
  Listener,
  Log,
  type LogOutput,
  Metrics,
  metricsRoute,
  type Routes,
  RouteTable,
  UnhandledErrors,
  v3OnionRoute,
  v4OnionRoute,
  type WriterThread,
} from '@sotto/server'
import { Cleaner } from './cleaner.ts'
import { type FileClock } from './file-clock.ts'
import { FileError } from './file-error.ts'
import { type FileEvents } from './file-events.ts'
import { fileMetrics } from './file-metrics.ts'
import { ClientGate } from './http/client-gate.ts'
import { filePaths, type FileRouteParts, fileRoutes } from './http/file-routes.ts'
import { InMemoryGate } from './http/in-memory-gate.ts'
import { onionTargets } from './http/onion-targets.ts'
import { errorReply, statusReply } from './http/replies.ts'
import { Upload } from './http/upload.ts'
import { type NumericIds } from './ids/numeric-ids.ts'
import { Incoming } from './incoming/incoming.ts'
import { type FileLimits, productionLimits } from './limits.ts'
import { FileRecords } from './records/file-records.ts'
import { type FileStorage } from './storage/file-storage.ts'
import { type FileSystem, systemFileSystem } from './storage/file-system.ts'
import { FolderStorage } from './storage/folder-storage.ts'
import { FileStore } from './store/file-store.ts'
import { Room } from './store/room.ts'

/** An address to listen on. */
export interface ListenAddress {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
}

/** What a file server is made of. */
export interface FileServerOptions {
  /** The database, files that are coming, and all the others unless `storage` has them. */
  readonly folder: string
  /** Plain HTTP without a certificate: onions are sealed, and what they hold is sealed again. Spec 40 §8. */
  readonly listen: ListenAddress & { readonly tls?: Certificate }
  /** Health and metrics, over HTTP: not for the outside. Absent: none. */
  readonly admin?: ListenAddress
  /** Its X25519 form opens onions. */
  readonly keyPair: Ed25519KeyPair
  /** Of files that come by `/file`; by default ids are made of the content. Spec 40 §8.2. */
  readonly ids?: 'content' | 'numeric'
  readonly numeric?: NumericIds
  /** Where the bytes of files lie; by default below `folder`. */
  readonly storage?: FileStorage
  readonly limits?: FileLimits
  readonly clock: FileClock
  readonly random: RandomBytes
  readonly log?: LogOutput
  /** To share with other servers of the process. */
  readonly writerThread?: WriterThread
  /** The disk has failed: the process has to end. Spec 70 D10. */
  readonly onFatal?: () => void
  /** Tests put one here that breaks. */
  readonly fileSystem?: FileSystem
}

/** Everything that exists while a server runs. */
interface Parts {
  readonly records: FileRecords
  readonly store: FileStore
  readonly cleaner: Cleaner
  readonly listener: Listener
  readonly admin: Listener | undefined
}

const databaseName = 'files.db'

/**
 * Keeps sealed files for a while and gives them to whoever knows their id. It knows neither who brings a file nor who fetches
 * it. Once started and once stopped. Spec 40 §8.
 */
export class FileServer {
  readonly #options: FileServerOptions
  readonly #limits: FileLimits
  readonly #log: Log<FileEvents>
  readonly #health = new Health<'starting' | 'stopping' | 'disk-failed'>(['starting'])
  readonly #metrics = new Metrics()
  readonly #stopped = new AbortController()
  #parts: Parts | undefined
  #tidying: Promise<void> = Promise.resolve()
  #stopping: Promise<void> | undefined

  constructor(options: FileServerOptions) {
    this.#options = options
    this.#limits = options.limits ?? productionLimits
    this.#log = new Log<FileEvents>(options.log)
  }

  /** The port on which it answers; 0 while it does not run. */
  get port(): number {
    return this.#parts?.listener.port ?? 0
  }

  /** The port of health and metrics; 0 if there is none. */
  get adminPort(): number {
    return this.#parts?.admin?.port ?? 0
  }

  /**
   * Ends when it answers.
   * @throws {ListenerError} @throws {DatabaseError}
   */
  async start(): Promise<void> {
    const { folder, random, writerThread: thread, fileSystem: fs = systemFileSystem } = this.#options
    const incoming = new Incoming(join(folder, 'incoming'), { fs, random })
    const left = await incoming.start()
    const onFatal = (error: DatabaseError): void => this.#diskFailed(error)
    const path = join(folder, databaseName)
    const records = await FileRecords.open({ path, onFatal, ...(thread === undefined ? {} : { thread }) })
    const { files, bytes } = records.totals()
    this.#parts = this.#create(records, incoming, bytes)
    try {
      await this.#parts.listener.start()
      await this.#parts.admin?.start()
    } catch (error) {
      await this.stop(0)
      throw error
    }
    if (left > 0) this.#log.info('files.uploads-discarded', { count: left })
    this.#parts.cleaner.start()
    this.#tidying = this.#tidy(this.#parts.store)
    this.#health.clear('starting')
    this.#log.info('files.started', { port: this.port, files })
  }

  /** Takes no new requests; those under way have until the deadline. Calling it again waits for the same end. */
  stop(deadlineMs = 10_000): Promise<void> {
    this.#stopping ??= this.#stop(deadlineMs)
    return this.#stopping
  }

  async #stop(deadlineMs: number): Promise<void> {
    this.#health.block('stopping')
    this.#stopped.abort()
    const parts = this.#parts
    if (parts === undefined) return
    await Promise.all([parts.listener.stop(deadlineMs), parts.admin?.stop(0), parts.cleaner.ended(), this.#tidying])
    await parts.store.settled()
    await parts.records.close()
    this.#log.info('files.stopped')
  }

  /** What a crash left without a record. Nobody waits for it. */
  async #tidy(store: FileStore): Promise<void> {
    try {
      const count = await store.removeStrays(this.#stopped.signal)
      if (count > 0) this.#log.info('files.strays-removed', { count })
    } catch (error) {
      this.#onFailure('files.cleaning-failed', error)
    }
  }

  #onFailure(event: 'files.cleaning-failed' | 'files.storage-failed', error: unknown): void {
    this.#log.failure(event, error)
    if (error instanceof FileError && error.code === 'files.sync-failed') this.#diskFailed(error)
  }

  #diskFailed(error: unknown): void {
    this.#health.block('disk-failed')
    this.#log.failure('files.disk-failed', error)
    this.#options.onFatal?.()
  }

  #create(records: FileRecords, incoming: Incoming, bytes: number): Parts {
    const { folder, clock, random, fileSystem: fs = systemFileSystem } = this.#options
    const { storage = new FolderStorage(join(folder, 'files'), fs), numeric = { fixedBits: 0, prefix: 0 } } =
      this.#options
    const { keeping, cleaning } = this.#limits
    const room = new Room({ folder, fs, ...keeping })
    room.add(bytes)
    const store = new FileStore({ records, storage, incoming, room, limits: keeping, numeric, clock, random })
    const gate = new InMemoryGate(this.#limits.work, clock)
    const { ids = 'content' } = this.#options
    const upload = new Upload({ store, limits: this.#limits, ids })
    const clients = new ClientGate(this.#limits.clients, { clock, random })
    const metrics = fileMetrics(this.#metrics, {
      bytes: () => room.bytes,
      uploads: () => upload.running,
      inMemory: () => gate.running,
    })
    const cleaner = new Cleaner({
      store,
      clock,
      limits: cleaning,
      stopped: this.#stopped.signal,
      onRemoved: count => metrics.expired.add(count),
      onFailure: error => this.#onFailure('files.cleaning-failed', error),
    })
    const listener = this.#createListener({ store, upload, gate, clients, metrics, limits: this.#limits, clock })
    return { records, store, cleaner, listener, admin: this.#createAdmin() }
  }

  #createListener(parts: FileRouteParts): Listener {
    const { listen, log } = this.#options
    const { host, port, tls } = listen
    const shared = log === undefined ? {} : { log }
    const unhandled = new UnhandledErrors({ metrics: this.#metrics, ...shared })
    const reply = this.#errorReply()
    const inner = new RouteTable({
      routes: fileRoutes(parts, 'onion'),
      fallback: filePaths(parts, 'onion'),
      errorReply: reply,
      unhandled,
    })
    return new Listener({
      host,
      port,
      ...(tls === undefined ? {} : { tls }),
      routes: new Map([...fileRoutes(parts, 'direct'), ...this.#onionRoutes(parts, inner)]),
      fallback: filePaths(parts, 'direct'),
      errorReply: reply,
      unhandled,
      metrics: this.#metrics,
      limits: this.#limits.listener,
      ...shared,
    })
  }

  #onionRoutes({ gate }: FileRouteParts, inner: RouteTable): Routes {
    const { keyPair, random } = this.#options
    const options = {
      keyPair: ed25519KeyPairToX25519(keyPair),
      random,
      inner,
      maxBodyBytes: MAX_ONION_SIZE,
      // An upload is answered when it is on the disk.
      releasesBodies: true,
    }
    const v4 = v4OnionRoute(options)
    // Spec 40 §1.3: an endpoint without slash gets one.
    const v3 = v3OnionRoute({ ...options, legacyEndpoint: endpoint => `/${endpoint}` })
    const routes = onionTargets.map(({ target, version }) => {
      const route = gate.guard(version === 'v4' ? v4 : v3, statusReply(503))
      return [`POST ${target}`, route] as const
    })
    return new Map(routes)
  }

  /** Failures of the storage are answered on purpose, and told to the operator. */
  #errorReply(): ErrorReply {
    return error => {
      const reply = errorReply(error)
      if (reply?.status === 500) this.#onFailure('files.storage-failed', error)
      return reply
    }
  }

  #createAdmin(): Listener | undefined {
    const { admin } = this.#options
    if (admin === undefined) return undefined
    const routes: Routes = new Map([
      ['GET /health', healthRoute(this.#health)],
      ['GET /metrics', metricsRoute(this.#metrics)],
    ])
    return new Listener({ ...admin, routes })
  }
}
