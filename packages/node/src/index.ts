export { type SleepingClock } from './clock/clock.ts'
export { systemSleepingClock } from './clock/system-clock.ts'
export {
  defaultFacts,
  type ListenAddress,
  nodeCapabilities,
  type NodeConfig,
  type NodeLimits,
  productionLimits,
  productName,
} from './config.ts'
export { type HeldLimits, productionHeldLimits } from './held/held-limits.ts'
export { type ClientLimits, defaultClientLimits } from './http/client-limits.ts'
export { EventLoopLoad, type Load, noLoad } from './load/event-loop-load.ts'
export { type NodeEvents } from './node-events.ts'
export { defaultOnionLimits, type OnionLimits } from './onion/onion-limits.ts'
export { defaultReplayLimits, type ReplayLimits } from './onion/replay-memory.ts'
export { defaultReachabilityLimits, type ReachabilityLimits } from './ping/reachability.ts'
export { type NetworkFacts } from './rpc/network-facts.ts'
export { type NodeIdentity, nodeIdentityOf } from './rpc/node-identity.ts'
export { ServiceNode, type ServiceNodeOptions } from './service-node.ts'
export { type NodeStats } from './stats/node-stats.ts'
export { productionSwarmLimits, type SwarmLimits } from './swarm/forward/swarm-limits.ts'
export { defaultStoreLimits, type StoreLimits } from './store/limits.ts'
export { NodeStoreError, type NodeStoreErrorCode } from './store/node-store-error.ts'
export { type NodeStoreOptions, type OpenedNodeStore, openNodeStore } from './store/open-node-store.ts'
export {
  type ForwardId,
  type Landing,
  type QueuedForward,
  type QueueLength,
  type RequestForward,
} from './store/port/forward.ts'
export { type MessageRecord, type NewMessage, type Retrieved, type RetrieveLimits } from './store/port/message.ts'
export { type InsertListener, type NodeStore } from './store/port/node-store.ts'
export {
  type AccountHashes,
  type DumpPiece,
  type ExpiryRecord,
  type HashesPiece,
  type InsertOutcome,
  type MessageLife,
  type RangeCursor,
  type RangeDigest,
  type RevocationRecord,
  type SpaceRange,
  type TombstoneRecord,
  toRangeCursor,
  type WalkLimits,
  wholeRing,
} from './store/port/replica.ts'
export { type AccountCounts, type StoreStatistics, type StoreUsage } from './store/port/statistics.ts'
export {
  type DeleteAllRequest,
  type DeleteBeforeRequest,
  type DeleteManyOutcome,
  type DeleteOutcome,
  type DeleteRequest,
  type ExpireAllOutcome,
  type ExpireAllRequest,
  type ExpireOutcome,
  type ExpireRequest,
  type HashesByNamespace,
  type RevokeOutcome,
  type RevokeRequest,
  type StoreOutcome,
  type StoreRequest,
} from './store/port/write-requests.ts'
