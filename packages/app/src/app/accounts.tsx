import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { AccountContext, type CurrentAccount, useHome, useHomeQuery, WatchCache } from '../core/index.ts'
import { ToastProvider } from '../ui/index.ts'
import { AccountChoiceContext, anotherAccount, useAccountChoice } from './account-choice.ts'
import { useChosenSlot } from './chosen-slot.ts'
import { Starting } from './starting.tsx'

// Who has an account needs no welcome, and who has none no messenger yet.
const Frame = lazy(async () => ({ default: (await import('./frame.tsx')).Frame }))
const LockScreen = lazy(async () => ({ default: (await import('../lock/lock-screen.tsx')).LockScreen }))
const Onboarding = lazy(async () => ({ default: (await import('../onboarding/onboarding.tsx')).Onboarding }))

const longestWaitMs = 5000

/** Shows one of the accounts of this device: its messenger if it is open, its lock otherwise; without any, how to get one. */
export function Accounts(): ReactNode {
  const list = useHomeQuery('home.list')
  const [chosen, choose] = useChosenSlot()
  const [isMaking, setMaking] = useState(false)
  /** Wanted, and perhaps so new that the list does not have it yet. */
  const [awaited, setAwaited] = useState<string>()
  const shown = list?.find(({ slot }) => slot === chosen) ?? list?.[0]
  const slot = shown?.slot
  const choice = useMemo(() => {
    const chooseOrMake = (next: string): void => {
      setMaking(next === anotherAccount)
      if (next === anotherAccount) return
      choose(next)
      setAwaited(next)
    }
    return { slot, choose: chooseOrMake, isAdding: isMaking }
  }, [slot, choose, isMaking])
  useEffect(() => {
    if (awaited === undefined) return
    // Another tab may have removed it in the same moment.
    const timer = setTimeout(() => setAwaited(undefined), longestWaitMs)
    return () => clearTimeout(timer)
  }, [awaited])
  if (list === undefined) return <Starting />
  if (awaited !== undefined) {
    if (list.every(each => each.slot !== awaited)) return <Starting />
    setAwaited(undefined)
  }
  // Stays until it is done, although the account is on the list before.
  if (list.length === 0 && !isMaking) setMaking(true)
  return (
    <AccountChoiceContext value={choice}>
      <Suspense fallback={<Starting />}>
        {isMaking || shown === undefined ? (
          <>
            <Onboarding hasOthers={list.length > 0} onDone={choice.choose} />
            <MessengerNext />
          </>
        ) : (
          <OneAccount key={shown.slot} shown={shown} others={list.filter(each => each !== shown)} />
        )}
      </Suspense>
    </AccountChoiceContext>
  )
}

/** The messenger is wanted soon, and perhaps without a connection; but it is not fetched before what stands beside is seen. */
function MessengerNext(): ReactNode {
  useEffect(() => {
    const frame = requestAnimationFrame(() => void import('./frame.tsx').catch(() => undefined))
    return () => cancelAnimationFrame(frame)
  }, [])
  return null
}

interface OneAccountProps {
  readonly shown: HomeListing
  readonly others: readonly HomeListing[]
}

function OneAccount({ shown, others }: OneAccountProps): ReactNode {
  const home = useHome()
  const { choose } = useAccountChoice()
  const { slot, accountId } = shown
  const account = useMemo<CurrentAccount | undefined>(
    () =>
      accountId === undefined ? undefined : { slot, accountId, client: home.account(slot), cache: new WatchCache() },
    [home, slot, accountId],
  )
  useEffect(() => () => account?.cache.clear(), [account])
  if (account === undefined) return <LockScreen account={shown} others={others} onChoose={choose} />
  return (
    <AccountContext value={account}>
      {/* What is said of an account goes with it. */}
      <ToastProvider>
        <Frame />
      </ToastProvider>
    </AccountContext>
  )
}
