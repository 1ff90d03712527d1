import { type NodeId, type SwarmId, type SwarmOwner } from '@sotto/protocol/swarm'
import { type NodeEntry } from '../node-entry.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { type DirectoryChange } from './directory-change.ts'
import { type Swarm } from './swarm-map.ts'

/** Why a list is believed: certified by the nodes, read from a chain, the same from several seeds, or signed by hand. */
export type TrustLevel = 'certified' | 'chain' | 'majority' | 'static'

/** Who the nodes are and which swarm serves whom, now. Every answer is ready: nothing here waits. Spec 60 §11. */
export interface NodeDirectory {
  list(): ServiceNodeList
  byId(id: NodeId): NodeEntry | undefined
  /**
   * The swarm that serves an account or group, given by its id or as bytes: the 32 of its key, or 33 with the prefix,
   * which does not matter. `undefined` if no node serves.
   */
  swarmOf(account: SwarmOwner | Uint8Array): Swarm | undefined
  swarmById(id: SwarmId): Swarm | undefined
  /** Calls back after every change, with the directory already changed; returns what ends that. */
  onChange(listener: (change: DirectoryChange) => void): () => void
  trust(): TrustLevel
}
