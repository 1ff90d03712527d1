import { type ReactNode, useEffect } from 'react'
import { type HomeClient } from '@sotto/client/web'
import { useHome } from '../core/index.ts'
import { usePreferences } from '../preferences/index.ts'
import { IdleWatch } from './idle-watch.ts'

const lookMs = 5000
/** What other tabs know of input is here by then, ms. */
const answerMs = 500
const inputs = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'pointermove'] as const

/** Locks accounts that have a passphrase when nobody has used any tab for as long as the preferences say. */
export function AutoLock(): ReactNode {
  const home = useHome()
  const { autoLockMinutes } = usePreferences()
  useEffect(() => {
    if (autoLockMinutes === 0) return undefined
    return lockWhenIdle(home, autoLockMinutes * 60_000)
  }, [home, autoLockMinutes])
  return null
}

/** Returns what ends it. */
function lockWhenIdle(home: HomeClient, afterMs: number): () => void {
  const channel = new BroadcastChannel('sotto-idle')
  const watch = new IdleWatch(channel, () => Date.now())
  const ended = new AbortController()
  const { signal } = ended
  for (const name of inputs) addEventListener(name, watch.noteInput, { capture: true, passive: true, signal })
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const look = (): void => {
    if (watch.idleMs < afterMs) return
    watch.ask()
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (watch.idleMs >= afterMs) void lockAll(home)
    }, answerMs)
    timers.add(timer)
  }
  const interval = setInterval(look, lookMs)
  // After sleep, before anybody sees anything.
  document.addEventListener('visibilitychange', look, { signal })
  return () => {
    ended.abort()
    clearInterval(interval)
    for (const timer of timers) clearTimeout(timer)
    channel.close()
  }
}

async function lockAll(home: HomeClient): Promise<void> {
  for (const { slot, protection, accountId } of await home.list()) {
    if (protection === 'passphrase' && accountId !== undefined) await home.lock(slot).catch(() => undefined)
  }
}
