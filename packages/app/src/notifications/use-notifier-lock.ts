import { useEffect, useState } from 'react'

/** Whether this tab is the one of all that speaks for an account: one at a time, and when it closes the next. */
export function useNotifierLock(slot: string): boolean {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    const given = new AbortController()
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const run = async (): Promise<void> => {
      if (given.signal.aborted) return
      setHeld(true)
      await promise
    }
    navigator.locks.request(`sotto-notifier-${slot}`, { signal: given.signal }, run).catch(() => undefined)
    return () => {
      given.abort()
      resolve(undefined)
      setHeld(false)
    }
  }, [slot])
  return isHeld
}
