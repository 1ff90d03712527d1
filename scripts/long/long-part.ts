import type { Counts } from '../report.ts'

/** How much of a long part is to be done. */
interface LongOrder {
  /** The first seed; further ones follow. */
  readonly seed: number
  /** Seeds of each kind, or requests. */
  readonly count: number
  /** Only kinds whose name contains this. */
  readonly kind: string
  /** The number of the first request of the seed. */
  readonly from: number
}

/** Something that `npm test` does for minutes, done for hours. */
export interface LongPart {
  readonly name: string
  readonly usualCount: number
  /** What is counted, for people. */
  readonly unit: string
  /** `say` takes a line that people see at once. */
  readonly run: (order: LongOrder, say: (line: string) => void) => Promise<Counts>
}
