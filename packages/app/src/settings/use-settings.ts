import { useCallback } from 'react'
import { type ClientSettings } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'

/** The settings of the account on this device, and what changes some of them; `undefined` until they are known. */
export function useSettings(): readonly [
  settings: ClientSettings | undefined,
  change: (changes: Partial<ClientSettings>) => void,
] {
  const { client } = useAccount()
  const act = useAct()
  const settings = useQuery('settings.get')
  const change = useCallback(
    (changes: Partial<ClientSettings>) => void act(async () => client.command('settings.change', changes)),
    [act, client],
  )
  return [settings, change]
}
