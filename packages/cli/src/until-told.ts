/** The part of a process that can be told to end. */
export interface Endable {
  once(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
  off(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits for a signal to end, or for `broken`; then runs `end`. Answers 0, or rejects with why it broke. */
export async function untilTold(process: Endable, end: () => Promise<void>, broken: AbortSignal): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const told = (): void => resolve(0)
  const onBroken = (): void => reject(broken.reason)
  for (const signal of signals) process.once(signal, told)
  broken.addEventListener('abort', onBroken, { once: true })
  if (broken.aborted) onBroken()
  try {
    return await promise
  } finally {
    for (const signal of signals) process.off(signal, told)
    broken.removeEventListener('abort', onBroken)
    await end()
  }
}
