import { writeFileSync } from 'node:fs'
import {
  defaultFacts,
  EventLoopLoad,
  nodeIdentityOf,
  type NodeConfig,
  type NodeLimits,
  type SleepingClock,
} from '@sotto/node'
import {
  Gateway,
  type GatewayLimits,
  productionLimits as productionGatewayLimits,
  type Suggestion,
} from '@sotto/gateway'
import { type FileLimits } from '@sotto/files'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { readRegistryFile, RegistryFileSource } from '@sotto/registry/node'
import { loadOrCreateCertificate, type LogOutput, WriterThread } from '@sotto/server'
import { type ServedApp } from '../app/served-app.ts'
import { type Stoppable } from '../command.ts'
import { gatewayLimitGroups } from '../gateway/gateway-limits.ts'
import { changedLimits } from '../node/limit-settings.ts'
import { ChildNode } from './child-node.ts'
import { ControlServer } from './control.ts'
import { InProcessNode } from './in-process-node.ts'
import { fileServerFact } from './file-server-fact.ts'
import { createLocalFileServer } from './local-file-server.ts'
import { NetworkFolder } from './network-folder.ts'
import { type NetworkPlan, type NetworkShape, planNetwork, type PlannedNode, signRegistry } from './network-plan.ts'
import { type NodeHost } from './node-host.ts'
import { type ReadyReport, reportOf } from './ready-report.ts'
import { SeedServer } from './seed-server.ts'

/** How a local network runs. */
export interface LocalNetworkOptions extends NetworkShape {
  /** Keys, the signed list and everything that nodes keep. */
  readonly folder: string
  /** Begin anew: everything of the last network there is deleted. */
  readonly fresh?: boolean
  /** Each node, and the gateway, in a process of its own. */
  readonly processes?: boolean
  readonly limits: NodeLimits
  /** Those of production, unless they are given. */
  readonly gatewayLimits?: GatewayLimits
  /** Those for loopback, unless they are given. */
  readonly fileLimits?: FileLimits
  /** Where the gateway listens; by default it has a port among those of the network. */
  readonly gatewayPort?: number
  /** The app, which the gateway serves; asked for once the folder of the network is there. */
  readonly app?: () => Promise<ServedApp | undefined>
  /** Accounts that the app proposes; only by a gateway in this process. */
  readonly suggestions?: () => readonly Suggestion[]
  readonly clock: SleepingClock
  readonly random: RandomBytes
  readonly log?: LogOutput
  /** `network down` was asked for. */
  readonly onDown?: () => void
  /** Something went wrong that the network survives. */
  readonly onProblem?: (problem: unknown) => void
}

const usualStopMs = 10_000
const host = '127.0.0.1'

/** What starts and stops with the network. */
type Part = Stoppable & { start(): Promise<void> }

/** A whole network of service nodes on the loopback of one machine, with its seed and a gateway. Spec 60 §14. */
export class LocalNetwork {
  readonly #options: LocalNetworkOptions
  readonly #folder: NetworkFolder
  readonly #control: ControlServer
  /** A thread for each database would take half a second and 40 MB each. */
  readonly #writerThread = new WriterThread()
  readonly #load = new EventLoopLoad()
  #hosts: readonly NodeHost[] = []
  #seed: SeedServer | undefined
  #gateway: Part | undefined
  #files: Part | undefined
  #source: RegistryFileSource | undefined
  #report: ReadyReport | undefined

  constructor(options: LocalNetworkOptions) {
    this.#options = options
    this.#folder = new NetworkFolder(options.folder)
    this.#control = new ControlServer(options.folder, async command => {
      if (command === 'down') this.#options.onDown?.()
      return command === 'down' ? { stopping: true } : this.status()
    })
  }

  /**
   * Ends when every node, the seed and the gateway answer. If one does not, none stays.
   * @throws {SottoError}
   */
  async start(): Promise<ReadyReport> {
    if (this.#options.fresh === true) await this.#folder.wipe()
    await this.#folder.create(0)
    await this.#control.start()
    try {
      return await this.#start()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  /** Stops nodes gracefully, all at once. What is not over by the deadline is cut. */
  async stop(deadlineMs = usualStopMs): Promise<void> {
    const servers = [this.#seed?.stop(), this.#gateway?.stop(deadlineMs), this.#files?.stop(deadlineMs)]
    await Promise.all([...servers, ...this.#hosts.map(async host => host.stop(deadlineMs))])
    await this.#source?.stop()
    this.#load.stop()
    await this.#control.stop()
  }

  /** What runs, and how it is. */
  async status(): Promise<unknown> {
    const states = await Promise.all(this.#hosts.map(async host => host.state()))
    return { ...this.#report, states, memory: process.memoryUsage().rss }
  }

  async #start(): Promise<ReadyReport> {
    const { clock, random, onProblem = () => {} } = this.#options
    const planned = await planNetwork(this.#folder, this.#options, { random, now: () => clock.now() })
    const plan = { ...planned, gatewayPort: this.#options.gatewayPort ?? planned.gatewayPort }
    await signRegistry(this.#folder, plan, defaultFacts, clock.now())
    const policy = { trustedKeys: [plan.signer.publicKey], allowLocal: true }
    this.#source = await RegistryFileSource.start({ path: this.#folder.registry, policy, clock, onProblem })
    this.#load.start()
    this.#hosts = plan.nodes.map((node, at) => this.#host(node, at, plan))
    this.#seed = this.#createSeed(plan, this.#source)
    this.#files = this.#createFiles(plan)
    this.#gateway = this.#createGateway(plan, this.#source, await this.#options.app?.())
    const parts: readonly { start(): Promise<void> }[] = [this.#seed, this.#gateway, this.#files, ...this.#hosts]
    await Promise.all(parts.map(async part => part.start()))
    this.#report = reportOf(plan, this.#folder)
    return this.#report
  }

  #host(node: PlannedNode, at: number, plan: NetworkPlan): NodeHost {
    const { processes, clock, random, log } = this.#options
    if (processes === true) return this.#child(node, at, plan)
    const directory = this.#source?.directory
    if (directory === undefined) throw new RangeError('the list is loaded before the nodes are made')
    const identity = nodeIdentityOf(node.keyPair)
    const writerThread = this.#writerThread
    const shared = {
      identity,
      directory,
      clock,
      random,
      load: this.#load,
      writerThread,
      ...(log === undefined ? {} : { log }),
    }
    return new InProcessNode({ ...shared, config: this.#config(node, plan) })
  }

  #child({ folder, ip, httpsPort }: PlannedNode, at: number, { signer, fileServer }: NetworkPlan): NodeHost {
    const config = {
      data: folder,
      registry: this.#folder.registry,
      'trusted-keys': encodeHex(signer.publicKey),
      'allow-local': true,
      host: ip,
      port: httpsPort,
      'allowed-servers': `${host}:${fileServer.port}:local`,
      'log-level': 'warn',
      ...changedLimits(this.#options.limits),
    }
    writeFileSync(this.#folder.nodeConfig(at), `${JSON.stringify(config, undefined, 2)}\n`)
    return new ChildNode(this.#folder.nodeConfig(at))
  }

  #config({ folder, ip, httpsPort }: PlannedNode, { fileServer }: NetworkPlan): NodeConfig {
    const { limits } = this.#options
    const listen = { host: ip, port: httpsPort }
    // Of this machine nothing else may be asked as the exit of a path. Spec 70 X10.
    const servers = { allowed: [{ host, port: fileServer.port, local: true }] }
    return { folder, listen, servers, facts: defaultFacts, limits, stopMs: usualStopMs }
  }

  #createFiles(plan: NetworkPlan): Part {
    const { processes = false, fileLimits, clock, random, log } = this.#options
    return createLocalFileServer({
      folder: this.#folder,
      plan,
      processes,
      clock,
      random,
      writerThread: this.#writerThread,
      ...(fileLimits === undefined ? {} : { limits: fileLimits }),
      ...(log === undefined ? {} : { log }),
    })
  }

  #createGateway(
    { gatewayPort: port, signer, fileServer }: NetworkPlan,
    { directory }: RegistryFileSource,
    app: ServedApp | undefined,
  ): Part {
    const { clock, random, log, processes, suggestions } = this.#options
    const { gatewayLimits: limits = productionGatewayLimits } = this.#options
    const { registry } = this.#folder
    const { publicKey: localKey } = signer
    if (processes !== true) {
      const listen = { host, port }
      const published = { read: async () => readRegistryFile(registry), localKey }
      const files = fileServerFact(fileServer.keyPair, fileServer.port)
      const common = { listen, directory, published, fileServer: files, limits, clock, random }
      return new Gateway({
        ...common,
        ...(log === undefined ? {} : { log }),
        ...(app === undefined ? {} : { assets: app.assets.find }),
        ...(suggestions === undefined ? {} : { suggestions }),
      })
    }
    const config = {
      registry,
      'trusted-keys': encodeHex(localKey),
      'allow-local': true,
      port,
      'file-server': this.#folder.fileServer,
      'log-level': 'warn',
      ...(app === undefined ? {} : { app: app.folder, 'app-signature': app.signaturePath }),
      ...gatewayLimitGroups.changed(limits),
    }
    writeFileSync(this.#folder.gatewayConfig, `${JSON.stringify(config, undefined, 2)}\n`)
    return new ChildNode(this.#folder.gatewayConfig, 'gateway')
  }

  #createSeed({ seedPort: port, seedTlsPort: tlsPort }: NetworkPlan, { directory }: RegistryFileSource): SeedServer {
    const { clock, random, log } = this.#options
    const certificate = loadOrCreateCertificate(this.#folder.seed, { clock, random })
    const { hardFork } = defaultFacts
    const { registry: registryPath } = this.#folder
    const common = { host, port, tlsPort, certificate, directory, registryPath, hardFork, random }
    return new SeedServer({ ...common, ...(log === undefined ? {} : { log }) })
  }
}
