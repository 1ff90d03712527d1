import { type Namespace } from '@sotto/protocol/storage'
import { type AccountCounts, type StoreStatistics, type StoreUsage } from '../port/statistics.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { SELECT_TOTALS, type TotalCounts } from '../write/totals.ts'

interface BoxRow {
  readonly owner: number
  readonly namespace: Namespace
  readonly messages: number
  readonly bytes: number
}

/** How many boxes are read between two pauses: about two milliseconds. */
const BOXES_PER_TURN = 2000

/** Counts for operators. Spec 20 §6. */
export class StatisticsReads {
  readonly #maxBytes: number
  readonly #usage: Statement<{ used: number; file: number }>
  readonly #boxes: Statement<BoxRow>
  readonly #totals: Statement<TotalCounts>
  readonly #queued: Statement<{ queued: number }>

  constructor(connection: Connection, maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#usage = connection.prepare(
      `SELECT (page_count - freelist_count) * page_size AS used, page_count * page_size AS file
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    this.#boxes = connection.prepare(
      `SELECT owner, namespace, messages, bytes FROM boxes WHERE (owner, namespace) > (?, ?)
        ORDER BY owner, namespace LIMIT ${BOXES_PER_TURN}`,
    )
    this.#totals = connection.prepare(SELECT_TOTALS)
    this.#queued = connection.prepare('SELECT ifnull(sum(queued), 0) AS queued FROM peers')
  }

  usage(): StoreUsage {
    const { used, file } = this.#usage.get() ?? { used: 0, file: 0 }
    return { usedBytes: used, fileBytes: file, maxBytes: this.#maxBytes }
  }

  /** `pause` lets others have their turn. */
  async statistics(pause: () => Promise<void>): Promise<StoreStatistics> {
    const namespaces = new Map<Namespace, number>()
    const accounts = new Map<number, number>()
    let dataBytes = 0
    let last: BoxRow | undefined
    for (;;) {
      const boxes = this.#boxes.all([last?.owner ?? 0, last?.namespace ?? 0])
      for (const { owner, namespace, messages, bytes } of boxes) {
        dataBytes += bytes
        namespaces.set(namespace, (namespaces.get(namespace) ?? 0) + messages)
        accounts.set(owner, (accounts.get(owner) ?? 0) + messages)
      }
      last = boxes.at(-1)
      if (boxes.length < BOXES_PER_TURN) break
      await pause()
    }
    const totals = this.#totals.get()
    return {
      ...this.usage(),
      messages: [...namespaces.values()].reduce((sum, messages) => sum + messages, 0),
      accounts: accounts.size,
      dataBytes,
      namespaces,
      perAccount: countsOf([...accounts.values()]),
      tombstones: totals?.tombstones ?? 0,
      revocations: totals?.revocations ?? 0,
      queued: this.#queued.get()?.queued ?? 0,
    }
  }
}

/** The spread of some counts; all 0 for none. */
export function countsOf(unsorted: readonly number[]): AccountCounts {
  const counts = Float64Array.from(unsorted).toSorted()
  const at = (share: number): number => counts[Math.floor(share * (counts.length - 1))] ?? 0
  const sum = counts.reduce((total, count) => total + count, 0)
  return {
    min: at(0),
    percentile5: at(0.05),
    percentile25: at(0.25),
    median: at(0.5),
    percentile75: at(0.75),
    percentile95: at(0.95),
    max: at(1),
    mean: counts.length === 0 ? 0 : sum / counts.length,
  }
}
