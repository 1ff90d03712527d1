/** One figure: what we do, beside the library calls that cannot be avoided for it. */
export interface BenchCase {
  /** Sub-path and action, such as `seal/open, 400 bytes`. */
  readonly name: string
  /** The ratio of times, ours to bare, that we want to stay under. */
  readonly goal: number
  readonly ours: () => unknown
  readonly bare: () => unknown
}
