import { type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeDirectory } from '@sotto/registry'
import { type NetworkLimits } from './limits.ts'
import { type Clock } from './ports/clock.ts'
import { type NetworkState } from './ports/network-state.ts'
import { type Transport } from './ports/transport.ts'

/** What the network client needs of the world. */
export interface NetworkOptions {
  /** Already verified; its changes are followed. */
  readonly directory: NodeDirectory
  readonly transport: Transport
  readonly clock: Clock
  readonly random: RandomBytes
  readonly state: NetworkState
  readonly limits?: NetworkLimits
  /** All nodes are in one place: they need not be in different networks (/16). */
  readonly isLocal: boolean
}
