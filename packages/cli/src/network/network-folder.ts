import { readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NetworkError } from './network-error.ts'

/** What a network keeps beside keys and data, so that it comes back as it was. */
export interface NetworkSettings {
  readonly version: 1
  readonly nodes: number
  readonly swarms: number
  /** Ports of the nodes begin here, one after the other; then those of the seed; then the ports that only are announced; then the gateway's, then that of the file server. */
  readonly basePort: number
}

const settingsName = 'network.json'

/** Where things lie in the folder of a network. */
export class NetworkFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  get settings(): string {
    return join(this.path, settingsName)
  }

  /** The signed list of nodes. */
  get registry(): string {
    return join(this.path, 'network.sotto.json')
  }

  /** Signs the list; 0600. */
  get signerKey(): string {
    return join(this.path, 'signer.key')
  }

  /** Certificate of the seed. */
  get seed(): string {
    return join(this.path, 'seed')
  }

  /** Everything of one node, counted from 0. */
  node(at: number): string {
    return join(this.path, 'nodes', String(at + 1).padStart(2, '0'))
  }

  /** The secret of one node; 0600. */
  nodeKey(at: number): string {
    return join(this.node(at), 'node.key')
  }

  /** The settings of one node with a process of its own. */
  nodeConfig(at: number): string {
    return join(this.node(at), 'node.json')
  }

  /** The settings of the gateway with a process of its own. */
  get gatewayConfig(): string {
    return join(this.path, 'gateway.json')
  }

  /** Everything of the file server. */
  get files(): string {
    return join(this.path, 'files')
  }

  /** The secret of the file server; 0600. */
  get filesKey(): string {
    return join(this.files, 'files.key')
  }

  /** The settings of the file server with a process of its own. */
  get filesConfig(): string {
    return join(this.files, 'files-config.json')
  }

  /** Says to clients where the file server is, and its key. */
  get fileServer(): string {
    return join(this.path, 'files.json')
  }

  /** Creates the folders. Nobody else may look into them. */
  async create(nodes: number): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 })
    await mkdir(this.seed, { recursive: true, mode: 0o700 })
    await mkdir(this.files, { recursive: true, mode: 0o700 })
    for (let at = 0; at < nodes; at++) await mkdir(this.node(at), { recursive: true, mode: 0o700 })
  }

  /**
   * Deletes what a network has left, and nothing else.
   * @throws {NetworkError} `network.foreign-folder` if there are files but no network
   */
  async wipe(): Promise<void> {
    const names: readonly string[] = await readdir(this.path).catch(() => [])
    if (names.length === 0) return
    if (!names.includes(settingsName)) throw new NetworkError('network.foreign-folder')
    const { registry, signerKey, seed, gatewayConfig, files, fileServer, settings } = this
    const own = [registry, signerKey, seed, gatewayConfig, files, fileServer, join(this.path, 'nodes'), settings]
    for (const path of own) await rm(path, { recursive: true, force: true })
  }

  /**
   * What the last network here was like; `undefined` if there was none.
   * @throws {NetworkError} `network.bad-settings`
   */
  readSettings(): NetworkSettings | undefined {
    if (statSync(this.settings, { throwIfNoEntry: false }) === undefined) return undefined
    return parseSettings(readFileSync(this.settings, 'utf8'))
  }
}

function parseSettings(text: string): NetworkSettings {
  const value = parseJson(text)
  const given = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const numbers = ['nodes', 'swarms', 'basePort'].map(name => given.get(name) as unknown)
  const [nodes, swarms, basePort] = numbers.map(each => (Number.isInteger(each) ? Number(each) : undefined))
  if (given.get('version') !== 1 || nodes === undefined || swarms === undefined || basePort === undefined) {
    throw new NetworkError('network.bad-settings')
  }
  return { version: 1, nodes, swarms, basePort }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new NetworkError('network.bad-settings', {}, { cause })
  }
}
