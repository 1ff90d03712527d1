import type { BenchCase } from './case.ts'

/** What one case measured. Rates are operations per second of the better rounds; `ratio` is time ours : time bare. */
export interface BenchResult {
  readonly name: string
  readonly ours: number
  readonly bare: number
  readonly ratio: number
  readonly goal: number
}

const ROUND_MS = 40

/**
 * Runs both sides in turn, many short rounds each, and takes the median of the ratios of neighbouring rounds: whatever
 * else the machine does hits both alike.
 */
export function measure({ name, goal, ours, bare }: BenchCase, rounds = 15): BenchResult {
  const count = calibrate(bare)
  time(ours, count)
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // The order changes, so that neither side always runs on the warmer cache.
    if (round % 2 === 0) {
      const bareTime = time(bare, count)
      return { bareTime, oursTime: time(ours, count) }
    }
    const oursTime = time(ours, count)
    return { bareTime: time(bare, count), oursTime }
  })
  const perSecond = (times: readonly number[]): number => (count / Math.min(...times)) * 1000
  return {
    name,
    goal,
    ours: perSecond(pairs.map(pair => pair.oursTime)),
    bare: perSecond(pairs.map(pair => pair.bareTime)),
    ratio: median(pairs.map(pair => pair.oursTime / pair.bareTime)),
  }
}

function calibrate(run: () => unknown): number {
  let count = 1
  for (;;) {
    // The better of two: one that was interrupted would make all rounds too short for the clocks of browsers.
    const elapsed = Math.min(time(run, count), time(run, count))
    if (elapsed >= ROUND_MS / 4) return Math.max(1, Math.round((count * ROUND_MS) / elapsed))
    count *= 4
  }
}

function time(run: () => unknown, count: number): number {
  const started = performance.now()
  for (let done = 0; done < count; done += 1) run()
  return performance.now() - started
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
