import { type HopView } from '@sotto/network'
import { type NodeId } from '@sotto/protocol/swarm'

/** What the path screen shows: how this account's requests go through the network. Spec 50 §11. */
export interface PathView {
  /** `none`: no node is known or suits. `building`: nothing has come through yet. `offline`: the last request failed, see `connection.get`. */
  readonly state: 'none' | 'building' | 'ready' | 'offline'
  /** Paths that may be taken: the light is green from 2 on, and red at 0. */
  readonly usable: number
  /** Of the path in use, the guard first; none where there is no path. */
  readonly hops: readonly PathHop[]
  /** Where the path leads; `undefined` until that is known. */
  readonly destination: PathDestination | undefined
  /** Unix ms of the network: since when it is so. */
  readonly changedAt: number
}

/** A node on the way. */
export interface PathHop {
  readonly ip: string
  readonly port: number
  readonly node: NodeId
}

/** The own swarm. */
export interface PathDestination {
  readonly kind: 'swarm'
  /** How many members it has. */
  readonly size: number
  /** The one that is asked; `undefined` while several are. */
  readonly member?: Pick<PathHop, 'ip' | 'node'>
}

/** As the network shows it. */
export function pathHop({ id, ip, port }: HopView): PathHop {
  return { ip, port, node: id }
}
