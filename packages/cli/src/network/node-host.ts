/** One running node of a local network, wherever it runs. */
export interface NodeHost {
  /** Ends when the node answers. */
  start(): Promise<void>
  /** Ends when it has answered what it was asked, or at the deadline. */
  stop(deadlineMs: number): Promise<void>
  /** How it is now. */
  state(): Promise<NodeState>
}

/** What `network status` tells of a node. */
export interface NodeState {
  readonly running: boolean
  /** Of the process in which it runs; 0 if it does not. */
  readonly pid: number
  /** How often its process had to be started again. */
  readonly restarts: number
  /** Of `get_stats`; spec 20 §6. Empty if the node runs in another process. */
  readonly stats: Readonly<Record<string, unknown>>
}
