import { type Ed25519KeyPair, type RandomBytes } from '@sotto/protocol/crypto'
import { createPipe } from '@sotto/protocol/pipe'
import { type NodeDirectory } from '@sotto/registry'
import {
  type Certificate,
  type Clock,
  Health,
  healthRoute,
  Listener,
  Log,
  type LogOutput,
  Metrics,
  metricsRoute,
} from '@sotto/server'
import { ByteBudget } from './clients/byte-budget.ts'
import { ClientGate } from './clients/client-gate.ts'
import { type GatewayEvents } from './gateway-events.ts'
import { gatewayMetrics } from './gateway-metrics.ts'
import { type GatewayLimits, productionLimits } from './limits.ts'
import { isLoopback, loopbackOrigins, Origins } from './pipe/origins.ts'
import { PipeEndpoint } from './pipe/pipe-endpoint.ts'
import { GuardLinks } from './upstream/guard-links.ts'
import { type Assets, assetsRoute } from './web/assets.ts'
import { directoryRoutes } from './web/directory-routes.ts'
import { fileServerRoutes, type LocalFileServer } from './web/file-server-routes.ts'
import { type DirectorySource, PublishedDirectory } from './web/published-directory.ts'
import { type Suggestion, suggestionRoutes } from './web/suggestion-routes.ts'

/** An address to listen on. */
export interface ListenAddress {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
}

/** What a gateway is made of. */
export interface GatewayOptions {
  /** Without a certificate it speaks plain HTTP, which is for loopback or behind something that speaks TLS. */
  readonly listen: ListenAddress & { readonly tls?: Certificate }
  /** Health and metrics, over HTTP: not for the outside. Absent: none. */
  readonly admin?: ListenAddress
  /** The nodes to which requests go, and no others. */
  readonly directory: NodeDirectory
  /** Proved to nodes, so that those that list it do not count the gateway as one client. Absent: it names itself to nobody. */
  readonly key?: Ed25519KeyPair
  /** The signed list for browsers; without it none is served. */
  readonly published?: DirectorySource
  /** Origins of pages that may use it, besides those that it serves itself on loopback: `https://chat.example.org`. */
  readonly origins?: readonly string[]
  /** The app: `FolderAssets`, or files from elsewhere. */
  readonly assets?: Assets
  /** Accounts that somebody new may write to. Told on loopback only; without it nobody is told. */
  readonly suggestions?: () => readonly Suggestion[]
  /** Where the network on this machine keeps files. Told on loopback only. */
  readonly fileServer?: LocalFileServer
  /**
   * Only a proxy on this machine reaches it, which ends TLS and says in `x-forwarded-for` who its client is. Then nothing that is
   * for pages of this machine is told.
   */
  readonly behindProxy?: boolean
  readonly limits?: GatewayLimits
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log?: LogOutput
}

/** Everything that exists while a gateway runs. */
interface Parts {
  readonly links: GuardLinks
  readonly pipes: PipeEndpoint
  readonly published: PublishedDirectory | undefined
  readonly listener: Listener
  readonly admin: Listener | undefined
}

/**
 * Carries sealed onions between browsers and guards, and serves the app. It holds no key to any of them and opens nothing, asks no
 * machine that is not a node of its directory, and tells nobody who asks or who is asked. Once started and once stopped.
 * See docs/protocol/pipe.md.
 */
export class Gateway {
  readonly #options: GatewayOptions
  readonly #limits: GatewayLimits
  readonly #log: Log<GatewayEvents>
  readonly #health = new Health<'starting' | 'stopping'>(['starting'])
  readonly #parts: Parts
  #origins: Origins
  #stopping: Promise<void> | undefined

  /** @throws {PipeError} `pipe.bad-limits` */
  constructor(options: GatewayOptions) {
    this.#options = options
    this.#limits = options.limits ?? productionLimits
    // Otherwise it would be the first client that finds out.
    createPipe('gateway', this.#limits.pipe)
    this.#log = new Log<GatewayEvents>(options.log)
    this.#origins = new Origins(options.origins ?? [])
    this.#parts = this.#create()
  }

  /** The port on which browsers reach it; 0 while it does not run. */
  get port(): number {
    return this.#parts.listener.port
  }

  /** The port of health and metrics; 0 if there is none. */
  get adminPort(): number {
    return this.#parts.admin?.port ?? 0
  }

  /**
   * Ends when it takes pipes.
   * @throws {ListenerError}
   */
  async start(): Promise<void> {
    const { listener, admin, published } = this.#parts
    await published?.refresh()
    try {
      await listener.start()
      await admin?.start()
    } catch (error) {
      await this.stop(0)
      throw error
    }
    this.#allowOwnPages()
    this.#health.clear('starting')
    this.#log.info('gateway.started', { port: this.port })
  }

  /**
   * Takes no new pipes and requests; those under way have a little time, which held ones use up, whose clients ask again. Calling
   * it again waits for the same end.
   */
  stop(deadlineMs = 10_000): Promise<void> {
    this.#stopping ??= this.#stop(deadlineMs)
    return this.#stopping
  }

  async #stop(deadlineMs: number): Promise<void> {
    const { links, pipes, published, listener, admin } = this.#parts
    this.#health.block('stopping')
    const cut = await pipes.stop(Math.min(deadlineMs, this.#limits.sockets.drainMs))
    links.stop()
    await Promise.all([published?.stop(), listener.stop(Math.min(deadlineMs, 1000)), admin?.stop(0)])
    this.#log.info('gateway.stopped', { cut })
  }

  /** Their origin has the port, which is known only now. */
  #allowOwnPages(): void {
    const { listen, origins = [], behindProxy = false } = this.#options
    if (!isLoopback(listen.host) || behindProxy) return
    const scheme = listen.tls === undefined ? 'http' : 'https'
    this.#origins = new Origins([...origins, ...loopbackOrigins(scheme, this.port)])
  }

  #create(): Parts {
    const { directory, published: source, random, key, log } = this.#options
    const metrics = new Metrics()
    const links = new GuardLinks(this.#limits, { random, key })
    const pipes = this.#createPipes(links, metrics)
    const published = source === undefined ? undefined : new PublishedDirectory(source, directory, this.#log)
    const shared = log === undefined ? {} : { log }
    return {
      links,
      pipes,
      published,
      listener: new Listener({ ...shared, ...this.#listenerOptions(pipes, published), metrics }),
      admin: this.#createAdmin(metrics),
    }
  }

  #createPipes(links: GuardLinks, metrics: Metrics): PipeEndpoint {
    const { directory: guards, clock, random } = this.#options
    const limits = this.#limits
    const gate = new ClientGate(limits.clients, { clock, random })
    const budget = new ByteBudget(limits.sockets.maxHeldBytes)
    const counted = gatewayMetrics(metrics, {
      pipes: () => pipes.size,
      requests: () => gate.requests,
      heldBytes: () => budget.held,
    })
    const shared = { guards, links, gate, budget, limits, metrics: counted, log: this.#log }
    const { behindProxy = false } = this.#options
    const pipes = new PipeEndpoint({ shared, origins: () => this.#origins, behindProxy })
    return pipes
  }

  #listenerOptions(pipes: PipeEndpoint, published: PublishedDirectory | undefined) {
    const { listen, assets, suggestions, fileServer, behindProxy = false } = this.#options
    const { host, port, tls } = listen
    const isLocal = isLoopback(host) && !behindProxy
    const origins = (): Origins => this.#origins
    const routes = new Map([
      ...(published === undefined ? [] : directoryRoutes({ published, origins, isLocal })),
      ...(suggestions === undefined || !isLocal ? [] : suggestionRoutes(suggestions)),
      ...(fileServer === undefined || !isLocal ? [] : fileServerRoutes(fileServer)),
    ])
    return {
      host,
      port,
      ...(tls === undefined ? {} : { tls }),
      routes,
      ...(assets === undefined ? {} : { fallback: assetsRoute(assets) }),
      upgrade: pipes.take,
      limits: this.#limits.listener,
    }
  }

  #createAdmin(metrics: Metrics): Listener | undefined {
    const { admin } = this.#options
    if (admin === undefined) return undefined
    const routes = new Map([
      ['GET /health', healthRoute(this.#health)],
      ['GET /metrics', metricsRoute(metrics)],
    ])
    return new Listener({ ...admin, routes })
  }
}
