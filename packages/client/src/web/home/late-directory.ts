import { type NodeId, type SwarmId, type SwarmOwner } from '@sotto/protocol/swarm'
import {
  compareLists,
  type DirectoryChange,
  type NodeDirectory,
  type NodeEntry,
  type ServiceNodeList,
  StaticDirectory,
  type Swarm,
  type TrustLevel,
  type VerifiedRegistry,
} from '@sotto/registry'

const nobody: ServiceNodeList = { number: 0n, hash: new Uint8Array(0), timestamp: 0, nodes: [], names: new Map() }

/** A directory of nobody until a list is known: a network can be made with it before, and an account opened. */
export class LateDirectory implements NodeDirectory {
  readonly #listeners = new Set<(change: DirectoryChange) => void>()
  #known: StaticDirectory | undefined

  /** Whether there is a list. */
  get isKnown(): boolean {
    return this.#known !== undefined
  }

  /** Takes a list, as `StaticDirectory.replace`. @throws {RegistryError} `registry.other-network`, `registry.not-newer` */
  take(registry: VerifiedRegistry): boolean {
    if (this.#known !== undefined) return this.#known.replace(registry)
    this.#known = new StaticDirectory(registry)
    this.#known.onChange(change => this.#tell(change))
    this.#tell(compareLists(nobody, registry.list))
    return true
  }

  list(): ServiceNodeList {
    return this.#known?.list() ?? nobody
  }

  byId(id: NodeId): NodeEntry | undefined {
    return this.#known?.byId(id)
  }

  swarmOf(account: SwarmOwner | Uint8Array): Swarm | undefined {
    return this.#known?.swarmOf(account)
  }

  swarmById(id: SwarmId): Swarm | undefined {
    return this.#known?.swarmById(id)
  }

  onChange(listener: (change: DirectoryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  trust(): TrustLevel {
    return 'static'
  }

  #tell(change: DirectoryChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
