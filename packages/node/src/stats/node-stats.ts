import { type StoreStatistics } from '../store/port/statistics.ts'

/** Statistics of a node by the names that operators' tools know. Spec 20 §6, get_stats; the last groups are ours. */
export type NodeStats = Readonly<Record<string, unknown>>

/** What statistics are made of, besides those of the store. */
export interface StatsSources {
  readonly requests: Readonly<Record<string, number>>
  readonly version: readonly number[]
  /** Number of the list of nodes in use. */
  readonly height: bigint
  readonly peers: number
  readonly links: { readonly links: number; readonly pending: number }
  readonly onionsPending: number
  readonly held: number
  readonly reachability: { readonly tested: number; readonly failed: number; readonly unreachable: number }
}

/** Lays them out. Counts only: no account, node or address is in them. */
export function formatStats(store: StoreStatistics, sources: StatsSources): NodeStats {
  const { perAccount } = store
  const height = Number(sources.height)
  return {
    ...sources.requests,
    peers: sources.peers,
    version: sources.version.join('.'),
    height,
    target_height: height,
    account_msg_count_min: perAccount.min,
    account_msg_count_5th: perAccount.percentile5,
    account_msg_count_25th: perAccount.percentile25,
    account_msg_count_median: perAccount.median,
    account_msg_count_75th: perAccount.percentile75,
    account_msg_count_95th: perAccount.percentile95,
    account_msg_count_max: perAccount.max,
    account_msg_mean: perAccount.mean,
    accounts: store.accounts,
    total_stored: store.messages,
    namespace_messages: Object.fromEntries(store.namespaces),
    db_used: store.usedBytes,
    db_total: store.fileBytes,
    db_max: store.maxBytes,
    queued_forwards: store.queued,
    links: sources.links.links,
    requests_on_links: sources.links.pending,
    onions_pending: sources.onionsPending,
    held_retrieves: sources.held,
    reachability: sources.reachability,
  }
}
