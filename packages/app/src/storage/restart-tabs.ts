import { useEffect } from 'react'

const channelName = 'sotto-restart'

/** Loads the app again in every tab: whichever of them has the accounts starts from the beginning. */
export function restartTabs(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('restart')
  channel.close()
  location.reload()
}

/** Does so when another tab says it. */
export function useRestartWithOthers(): void {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    channel.addEventListener('message', () => location.reload())
    return () => channel.close()
  }, [])
}
