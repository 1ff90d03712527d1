export {
  type GuardLimits,
  type NetworkLimits,
  productionNetworkLimits,
  type TimeLimits,
  type WatchLimits,
} from './limits.ts'
export { Network } from './network.ts'
export { isTransient, NetworkError, type NetworkErrorCode } from './network-error.ts'
export { type NetworkOptions } from './network-options.ts'
export { type HopView, type PathFailure, type PathView } from './paths/path-view.ts'
export { type Clock } from './ports/clock.ts'
export { type NetworkState } from './ports/network-state.ts'
export { type PostOptions, type PostReply, type Transport } from './ports/transport.ts'
export {
  type CallOptions,
  type MemberReply,
  type RequestOptions,
  type ServerOptions,
  type ServerReply,
  type StoreReceipt,
  type SwarmSession,
} from './session/swarm-session.ts'
export { type NetworkTime } from './time/network-time.ts'
export {
  type NamespaceNews,
  type Watch,
  type WatchNews,
  type WatchOptions,
  type WatchPlace,
  type WatchState,
} from './watch/watch-options.ts'
