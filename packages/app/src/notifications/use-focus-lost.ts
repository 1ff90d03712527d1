import { useEffect, useState } from 'react'

const channelName = 'sotto-focus'
const lockName = 'sotto-focused'

/**
 * Since when no window of the app has the focus, Unix ms; `undefined` while one has it, also in another tab. A focused tab holds
 * a lock that all of them can see, and tells the others when that changes.
 */
export function useFocusLost(): number | undefined {
  const [since, setSince] = useState<number | undefined>(() => (document.hasFocus() ? undefined : Date.now()))
  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    let release: (() => void) | undefined
    const look = async (): Promise<void> => {
      const focused = document.hasFocus() || (await isSomeoneFocused())
      setSince(before => (focused ? undefined : (before ?? Date.now())))
    }
    const gained = (): void => {
      release ??= hold()
      setSince(undefined)
      channel.postMessage('changed')
    }
    const lost = (): void => {
      release?.()
      release = undefined
      // The lock is given back a moment later.
      setTimeout(() => {
        void look()
        channel.postMessage('changed')
      }, 50)
    }
    if (document.hasFocus()) gained()
    else void look()
    channel.addEventListener('message', () => void look())
    addEventListener('focus', gained)
    addEventListener('blur', lost)
    return () => {
      removeEventListener('focus', gained)
      removeEventListener('blur', lost)
      release?.()
      channel.close()
    }
  }, [])
  return since
}

/** Holds the lock until it is released; several tabs can. */
function hold(): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  navigator.locks.request(lockName, { mode: 'shared' }, async () => promise).catch(() => undefined)
  return () => resolve(undefined)
}

async function isSomeoneFocused(): Promise<boolean> {
  const { held } = await navigator.locks.query()
  return held?.some(({ name }) => name === lockName) === true
}
