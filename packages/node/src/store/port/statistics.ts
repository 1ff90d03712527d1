import { type Namespace } from '@sotto/protocol/storage'

/** Room on the disk. Cheap to ask for. */
export interface StoreUsage {
  /** Bytes of the database that hold something. */
  readonly usedBytes: number
  /** Bytes of the file. */
  readonly fileBytes: number
  /** Bytes in use at which stores are refused. */
  readonly maxBytes: number
}

/** How many messages accounts have. Spec 20 §6. */
export interface AccountCounts {
  readonly min: number
  readonly percentile5: number
  readonly percentile25: number
  readonly median: number
  readonly percentile75: number
  readonly percentile95: number
  readonly max: number
  readonly mean: number
}

/** For `get_stats`; counts only. Expired messages count until they are swept. Spec 20 §6. */
export interface StoreStatistics extends StoreUsage {
  readonly messages: number
  readonly accounts: number
  /** Bytes of message data. */
  readonly dataBytes: number
  readonly namespaces: ReadonlyMap<Namespace, number>
  readonly perAccount: AccountCounts
  readonly tombstones: number
  readonly revocations: number
  /** Requests that wait for some peer, counted once for each. */
  readonly queued: number
}
