import type { Counts } from '../report.ts'

/** What became of one part of the test run. */
export interface PartResult {
  readonly counts: Counts
  /** Everything the part said; shown in full if it failed. */
  readonly output: string
}

/** One part of the test run. */
export interface Part {
  readonly name: string
  readonly run: (root: string) => Promise<PartResult>
}

/**
 * The counts of a program that has ended, made honest: a bad end without a failed test is a failure, and so is an end
 * without any test at all.
 */
export function honestResult(counts: Counts, status: number, output: string): PartResult {
  if (status !== 0 && counts.failed === 0) {
    return { counts: { ...counts, failed: 1 }, output: `${output.trimEnd()}\nended with status ${status}\n` }
  }
  if (counts.passed + counts.failed + counts.skipped > 0) return { counts, output }
  return { counts: { ...counts, failed: 1 }, output: `${output.trimEnd()}\nran nothing\n` }
}
