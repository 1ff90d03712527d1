import { type NodeId, type SwarmId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '../node-entry.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { compareLists, type DirectoryChange } from './directory-change.ts'
import { Listeners } from './listeners.ts'
import { type NodeDirectory, type TrustLevel } from './node-directory.ts'
import { type Swarm, SwarmMap } from './swarm-map.ts'

/** A directory in memory over the list that was taken last. Which lists are taken is settled by the classes below it. */
export abstract class ListDirectory implements NodeDirectory {
  #list: ServiceNodeList
  #map: SwarmMap
  readonly #trust: TrustLevel
  readonly #listeners = new Listeners<DirectoryChange>()

  protected constructor(list: ServiceNodeList, trust: TrustLevel) {
    this.#list = list
    this.#map = new SwarmMap(list.nodes)
    this.#trust = trust
  }

  list(): ServiceNodeList {
    return this.#list
  }

  byId(id: NodeId): NodeEntry | undefined {
    return this.#map.byId(id)
  }

  swarmOf(account: SwarmOwner | Uint8Array): Swarm | undefined {
    return this.#map.swarmOf(account)
  }

  swarmById(id: SwarmId): Swarm | undefined {
    return this.#map.swarms.get(id)
  }

  onChange(listener: (change: DirectoryChange) => void): () => void {
    return this.#listeners.add(listener)
  }

  trust(): TrustLevel {
    return this.#trust
  }

  /** Takes a new list and tells everybody. If a listener fails, the list is in place and the others have been told. */
  protected set(list: ServiceNodeList): void {
    const change = compareLists(this.#list, list)
    this.#list = list
    this.#map = new SwarmMap(list.nodes)
    this.#listeners.tell(change)
  }
}
