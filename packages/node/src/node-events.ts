import { type NoFields } from '@sotto/server'

/** What a node logs. No ids, addresses or hashes: the types of the log keep them out. */
export interface NodeEvents {
  /** `ready`: it answers storage requests too. */
  readonly 'node.started': { readonly port: number; readonly ready: boolean }
  readonly 'node.stopped': NoFields
  /** Something that should not happen; the node goes on. */
  readonly 'node.failure': NoFields
  /** Nothing can be written any more. */
  readonly 'node.database-failed': NoFields
  /** The database was damaged; a new one is filled by the swarm. The old one lies beside it. */
  readonly 'node.database-moved-aside': NoFields
}
