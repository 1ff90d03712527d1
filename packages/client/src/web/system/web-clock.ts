import { type Clock } from '@sotto/network'

/** Timers take no longer waits than this many ms. */
const longestTimer = 2 ** 31 - 1

/** The browser's own clocks. */
export const webClock: Clock = {
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
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const abort = (): void => reject(signal?.reason)
  const timer = setTimeout(resolve, ms)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
