import { isPublicInbox, type MessageHash } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { type DeleteRecord, type ExpireRecord, type ReadRecord, type StoreRecord } from './records.ts'

/** What was asked about one message in one box: from it follows what a read may and must show. */
export class MessageStory {
  readonly hash: MessageHash
  readonly stores: StoreRecord[] = []
  readonly deletes: DeleteRecord[] = []
  readonly expires: ExpireRecord[] = []

  constructor(hash: MessageHash) {
    this.hash = hash
  }

  /** Whether these are the bytes and times that were sent. */
  isTrueTo(data: Uint8Array, timestamp: number, expiry: number): boolean {
    const ends: readonly { readonly expiry: number }[] = [...this.stores, ...this.expires]
    return (
      this.stores.some(store => store.timestamp === timestamp && isEqual(store.data, data)) &&
      ends.some(end => end.expiry === expiry)
    )
  }

  /** The latest end that anybody asked for. */
  get lastEnd(): number {
    return Math.max(...this.stores.map(({ expiry }) => expiry), ...this.expires.map(({ expiry }) => expiry))
  }

  /** Whether the message may be gone at a time: its earliest end is over, or somebody has asked for its deletion by then. */
  mayBeGone(at: number, toleranceMs: number): boolean {
    const ends = [...this.stores.map(({ expiry }) => expiry), ...this.expires.map(({ expiry }) => expiry)]
    return this.deletes.some(({ calledAt }) => calledAt <= at) || Math.min(...ends) <= at + toleranceMs
  }

  /** Whether enough members had confirmed it before a read began. Each counts only until it lost its database. */
  isAccepted(before: number, needed: number, lostAt: (node: NodeId) => number): boolean {
    const members = new Set<NodeId>()
    for (const { answeredAt = Infinity, confirmedBy } of this.stores) {
      if (answeredAt > before) continue
      for (const node of confirmedBy) if (answeredAt > lostAt(node)) members.add(node)
    }
    return members.size >= needed
  }

  /** Whether the node that is read has itself confirmed it since it last lost its database. */
  isConfirmedBy({ node, calledAt }: ReadRecord, lostAt: number): boolean {
    return this.stores.some(
      ({ answeredAt = Infinity, confirmedBy }) =>
        answeredAt <= calledAt && answeredAt > lostAt && confirmedBy.includes(node),
    )
  }

  /**
   * Whether a read must not show it: the node that is read, or a settled swarm, had confirmed its deletion before, and no
   * store can have brought it back. Where anyone may store none can while the tombstone lives; elsewhere one that was signed
   * after the deletion, as far as clocks can tell. Spec 70, X7, D5.
   */
  isDeletedFor(
    { node, calledAt, settled }: ReadRecord,
    lostAt: number,
    { toleranceMs, canVanish = false }: { readonly toleranceMs: number; readonly canVanish?: boolean },
  ): boolean {
    const isForAll = settled !== undefined && !canVanish
    return this.deletes.some(({ answeredAt = Infinity, confirmedBy, calledAt: deletedAt, namespace }) => {
      if (answeredAt > calledAt) return false
      const isKnown = isForAll ? confirmedBy.length > 0 : confirmedBy.includes(node) && answeredAt > lostAt
      return isKnown && (isPublicInbox(namespace) || !this.#isSignedAfter(deletedAt - 2 * toleranceMs))
    })
  }

  #isSignedAfter(time: number): boolean {
    return this.stores.some(({ calledAt }) => calledAt >= time)
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
