import { type NodeId } from '@sotto/protocol/swarm'

/** A hop as the path screen shows it. */
export interface HopView {
  readonly id: NodeId
  readonly ip: string
  readonly port: number
}

/** What went wrong on a path. Only numbers and words of this list. */
export interface PathFailure {
  /**
   * `unreachable`: the guard takes no connection. `timed-out`: no answer in time. `refused`: a hop proved to be at fault.
   * `reported`: somebody on the path says that a hop is at fault. `unknown`: it failed, and nothing says where.
   */
  readonly kind: 'unreachable' | 'timed-out' | 'refused' | 'reported' | 'unknown'
  /** Which hop, the guard is 0; for `unknown` and `timed-out` nobody knows. */
  readonly at?: number
  /** Unix ms of the network. */
  readonly time: number
}

/** One path, for people to look at. */
export interface PathView {
  /** The isolation class that alone uses it. */
  readonly isolation: string
  /** The guard first. */
  readonly hops: readonly HopView[]
  /** `new`: nothing has come through yet; `working`: the last request came through; `failing`: the last one did not. */
  readonly state: 'new' | 'working' | 'failing'
  /** Unix ms of the network. */
  readonly builtAt: number
  /** The last failure, if any. */
  readonly failure?: PathFailure
}
