import { type ExclusiveLock } from '../../accounts/account-files.ts'

/**
 * Takes a lock of the origin, which the browser gives back when this tab or worker ends, however it ends. `undefined` while
 * another one has it.
 */
export async function tryWebLock(name: string): Promise<ExclusiveLock | undefined> {
  return holdWebLock(name, { ifAvailable: true })
}

/** Waits for a lock of the origin; rejects with the signal's reason once that aborts. */
export async function waitForWebLock(name: string, signal: AbortSignal): Promise<ExclusiveLock> {
  const lock = await holdWebLock(name, { signal })
  if (lock === undefined) throw new Error('a lock that was waited for was not given')
  return lock
}

async function holdWebLock(name: string, options: LockOptions): Promise<ExclusiveLock | undefined> {
  const taken = Promise.withResolvers<ExclusiveLock | undefined>()
  const released = Promise.withResolvers<void>()
  const held = navigator.locks.request(name, options, async lock => {
    if (lock === null) return taken.resolve(undefined)
    taken.resolve({
      release: async () => {
        released.resolve()
        await held.catch(() => {})
      },
    })
    return released.promise
  })
  held.catch(taken.reject)
  return taken.promise
}
