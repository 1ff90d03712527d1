import { setTimeout } from 'node:timers/promises'
import { type Clock } from '@sotto/network'

/** Timers take no longer waits than this many ms. */
const longestTimer = 2 ** 31 - 1

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted()
    const end = performance.now() + ms
    for (let left = ms; left > 0; left = end - performance.now()) {
      await wait(Math.min(left, longestTimer), signal)
    }
  },
}

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    // The timer's own error is none of the caller's business.
    signal?.throwIfAborted()
    throw error
  }
}
