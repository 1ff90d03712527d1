import { type PipeState } from '../pipe-transport-connector.ts'

/** How the way into the network is. */
export interface NetworkStatus {
  /** The connection to the gateway; `idle`: nothing has needed one yet. */
  readonly gateway: PipeState
  /** Unix ms of this device: when the gateway is tried again. `undefined` also while the device is offline. */
  readonly nextTryAt?: number
  /** What the device says of its way out. */
  readonly online: boolean
  /**
   * Whether it is known who the nodes are. `foreign-key`: the gateway has a list that is signed by somebody else than the one
   * who is remembered, or is of another network, as after a local network was made anew: see `home.forget-network`. A list from
   * before stays in use.
   */
  readonly network: 'unknown' | 'ready' | 'foreign-key'
}

/** How the home of this tab is. */
export interface HomeStatus extends NetworkStatus {
  /** Whether the accounts are open in this tab, or in another one that this one asks. */
  readonly role: 'leads' | 'follows'
}
