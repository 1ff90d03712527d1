import { useEffect } from 'react'
import { type AccountSlot } from '@sotto/client'
import { useHome, useHomeQuery } from '../core/index.ts'
import { accountsMark } from './accounts-mark.ts'
import { useRestartWithOthers } from './restart-tabs.ts'

/** Marks that this browser has accounts, for as long as one of them is shown, and starts anew when another tab says so. */
export function useAccountsMark(): void {
  useRestartWithOthers()
  const count = useHomeQuery('home.list')?.length ?? 0
  useEffect(() => {
    if (count > 0) accountsMark.set()
  }, [count])
}

/** Removes an account from this device on purpose, from the network too if that is wanted. */
export function useRemoveAccount(): (slot: AccountSlot, where: 'device' | 'device-and-network') => Promise<void> {
  const home = useHome()
  return async (slot, where) => {
    await (where === 'device' ? home.remove(slot) : home.erase(slot))
    if ((await home.list()).length === 0) accountsMark.clear()
  }
}
