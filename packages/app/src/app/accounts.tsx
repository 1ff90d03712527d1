import { type ReactNode, useEffect, useMemo } from 'react'
import { AccountContext, type CurrentAccount, useHome, useHomeQuery, WatchCache } from '../core/index.ts'
import { LockScreen } from '../lock/index.ts'
import { NavigationProvider } from '../navigation/index.ts'
import { Onboarding } from '../onboarding/index.ts'
import { AccountChoiceContext } from './account-choice.ts'
import { useChosenSlot } from './chosen-slot.ts'
import { Frame } from './frame.tsx'
import { Starting } from './starting.tsx'

/** Shows one of the accounts of this device: its messenger if it is open, its lock otherwise; without any, how to get one. */
export function Accounts(): ReactNode {
  const home = useHome()
  const list = useHomeQuery('home.list')
  const [chosen, choose] = useChosenSlot()
  const shown = list?.find(({ slot }) => slot === chosen) ?? list?.[0]
  const slot = shown?.slot
  const accountId = shown?.accountId
  const account = useMemo<CurrentAccount | undefined>(
    () =>
      slot === undefined || accountId === undefined
        ? undefined
        : { slot, accountId, client: home.account(slot), cache: new WatchCache() },
    [home, slot, accountId],
  )
  useEffect(() => () => account?.cache.clear(), [account])
  const choice = useMemo(() => ({ slot, choose, isAdding: chosen === 'new' }), [slot, choose, chosen])
  if (list === undefined) return <Starting />
  return (
    <AccountChoiceContext value={choice}>
      {shown === undefined || choice.isAdding ? (
        <Onboarding hasOthers={list.length > 0} onDone={choose} />
      ) : account === undefined ? (
        <LockScreen account={shown} others={list.filter(each => each !== shown)} onChoose={choose} />
      ) : (
        <AccountContext key={account.slot} value={account}>
          <NavigationProvider>
            <Frame />
          </NavigationProvider>
        </AccountContext>
      )}
    </AccountChoiceContext>
  )
}
