import { type Connection, type Statement } from '../sql/connection.ts'

/** Rows of the lists that are bounded. */
export interface TotalCounts {
  readonly positions: number
  readonly tombstones: number
  readonly executed: number
  readonly revocations: number
  readonly queuedBytes: number
}

/** Counts that are kept beside the lists, since counting them takes too long. Written once at the end of each request. */
export class Totals {
  readonly #read: Statement<TotalCounts>
  readonly #add: Statement<never>
  #pending = nothing

  constructor(connection: Connection) {
    this.#read = connection.prepare(SELECT_TOTALS)
    this.#add = connection.prepare(
      `UPDATE totals SET positions = positions + ?,
        tombstones = tombstones + ?, executed = executed + ?, revocations = revocations + ?,
        queued_bytes = queued_bytes + ? WHERE id = 0`,
    )
  }

  /** With what is not written yet. */
  read(): TotalCounts {
    return sum(this.#read.get() ?? nothing, this.#pending)
  }

  add(change: Partial<TotalCounts>): void {
    this.#pending = sum(this.#pending, { ...nothing, ...change })
  }

  flush(): void {
    const change = this.#pending
    if (change === nothing) return
    this.#pending = nothing
    const { positions, tombstones, executed, revocations, queuedBytes } = change
    this.#add.run([positions, tombstones, executed, revocations, queuedBytes])
  }

  /** After a request that failed. */
  discard(): void {
    this.#pending = nothing
  }
}

/** The row of counts. */
export const SELECT_TOTALS = `SELECT positions, tombstones, executed, revocations,
  queued_bytes AS queuedBytes FROM totals WHERE id = 0`

const nothing: TotalCounts = {
  positions: 0,
  tombstones: 0,
  executed: 0,
  revocations: 0,
  queuedBytes: 0,
}

function sum(a: TotalCounts, b: TotalCounts): TotalCounts {
  return {
    positions: a.positions + b.positions,
    tombstones: a.tombstones + b.tombstones,
    executed: a.executed + b.executed,
    revocations: a.revocations + b.revocations,
    queuedBytes: a.queuedBytes + b.queuedBytes,
  }
}
