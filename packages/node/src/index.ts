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
  type HashesPiece,
  type InsertOutcome,
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
