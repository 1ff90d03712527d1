import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '@sotto/server'
import { type SleepingClock } from './clock.ts'

/** The machine's own time, and its timers. Only `main` files use this. */
export const systemSleepingClock: SleepingClock = {
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic(),
  sleep: async (ms, signal) => {
    try {
      await wait(Math.max(0, ms), undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error
    }
  },
}
