import { type NodeId } from '@sotto/protocol/swarm'

/** What one node says of the time. */
export interface TimeSample {
  readonly id: NodeId
  /** Unix ms that it said, half the round trip added, less the monotonic ms at which its answer came. */
  readonly offset: number
}

/** The middle one; of an even number the mean of the two in the middle. `undefined` of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
