import { readRegistryFile } from '@sotto/registry/node'
import { answerJsonRpc, maxRegistryBytes, maxSeedRequestBytes, type NodeDirectory } from '@sotto/registry'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type HardFork } from '@sotto/protocol/storage'
import { type Certificate, Listener, type LogOutput, type Route, type Routes } from '@sotto/server'

/** What a seed needs. */
export interface SeedServerOptions {
  readonly host: string
  readonly port: number
  readonly tlsPort: number
  readonly certificate: Certificate
  readonly directory: NodeDirectory
  /** The signed list, served as it is. */
  readonly registryPath: string
  readonly hardFork: HardFork
  readonly random: RandomBytes
  readonly log?: LogOutput
}

/**
 * Tells newcomers who the nodes are: JSON-RPC at `/json_rpc`, and the signed list at `/registry.json`, over HTTP and HTTPS.
 * Spec 20 §1.2, spec 60 §14.
 */
export class SeedServer {
  readonly #listeners: readonly Listener[]

  constructor(options: SeedServerOptions) {
    const { host, port, tlsPort, certificate, log } = options
    const shared = { host, routes: seedRoutes(options), ...(log === undefined ? {} : { log }) }
    this.#listeners = [new Listener({ ...shared, port }), new Listener({ ...shared, port: tlsPort, tls: certificate })]
  }

  /** @throws {ListenerError} */
  async start(): Promise<void> {
    for (const listener of this.#listeners) await listener.start()
  }

  /** Answers what it was asked before it ends. */
  async stop(): Promise<void> {
    await Promise.all(this.#listeners.map(async listener => listener.stop(1000)))
  }
}

function seedRoutes({ directory, hardFork, random, registryPath }: SeedServerOptions): Routes {
  const headers = { 'content-type': 'application/json' }
  const jsonRpc: Route = {
    maxBodyBytes: maxSeedRequestBytes,
    handle: ({ body }) => {
      const source = { list: directory.list(), hardFork, random }
      return { status: 200, headers, body: answerJsonRpc(body, source) }
    },
  }
  const registry: Route = {
    maxBodyBytes: maxRegistryBytes,
    ignoresBody: true,
    handle: async () => ({ status: 200, headers, body: await readRegistryFile(registryPath) }),
  }
  return new Map([
    ['POST /json_rpc', jsonRpc],
    ['GET /registry.json', registry],
  ])
}
