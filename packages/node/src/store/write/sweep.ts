import { type Tables } from './tables.ts'

/** How much one slice looks at: a few milliseconds of work. */
export interface SweepSlice {
  /** Unix ms. */
  readonly now: number
  /** Rows of each kind. */
  readonly maxRows: number
  /** Bytes of message data. */
  readonly maxBytes: number
}

/** What a slice did. */
export interface SweptSlice {
  /** Messages that went. */
  readonly messages: number
  /** There may be more to do. */
  readonly more: boolean
}

/** Removes one slice of what has expired: messages and all that is only remembered for a time. */
export function sweep(tables: Tables, { now, maxRows, maxBytes }: SweepSlice): SweptSlice {
  const messages = sweepMessages(tables, now, maxRows, maxBytes)
  const owners = [
    ...tables.positions.prune(now, maxRows),
    ...tables.tombstones.prune(now, maxRows),
    ...tables.wipes.prune(now, maxRows),
  ]
  for (const owner of new Set(owners)) tables.owners.release(owner)
  const others = tables.executed.prune(now, maxRows) + tables.flights.prune(now, maxRows)
  return { messages, more: messages + owners.length + others > 0 }
}

/** Each message that goes leaves its position behind, so its owner stays until that is forgotten. */
function sweepMessages({ messages }: Tables, now: number, maxRows: number, maxBytes: number): number {
  let bytes = 0
  let count = 0
  for (const row of messages.expired(now, maxRows)) {
    bytes += row.size
    if (count > 0 && bytes > maxBytes) break
    messages.remove(row.owner, [row], now)
    count += 1
  }
  return count
}
