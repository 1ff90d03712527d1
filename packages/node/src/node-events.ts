/** What a node logs. No ids, addresses or hashes: the types of the log keep them out. */
export interface NodeEvents {
  /** `ready`: it answers storage requests too. */
  readonly 'node.started': { readonly port: number; readonly ready: boolean }
  readonly 'node.stopped': Record<never, never>
  /** Something that should not happen; the node goes on. */
  readonly 'node.failure': Record<never, never>
  /** Nothing can be written any more. */
  readonly 'node.database-failed': Record<never, never>
  /** The database was damaged; a new one is filled by the swarm. The old one lies beside it. */
  readonly 'node.database-moved-aside': Record<never, never>
}
