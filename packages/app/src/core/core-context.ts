import { createContext, useContext } from 'react'
import { type AccountSlot, type TypedClient } from '@sotto/client'
import { type HomeClient } from '@sotto/client/web'
import { type WatchCache } from './watch-cache.ts'

/** The accounts of this device. */
export interface Home {
  readonly home: HomeClient
  readonly cache: WatchCache
}

/** The account that is shown: it is open. */
export interface CurrentAccount {
  readonly slot: AccountSlot
  readonly accountId: string
  readonly client: TypedClient
  readonly cache: WatchCache
}

/** Set while the worker runs. */
export const HomeContext = createContext<Home | undefined>(undefined)
/** Set while an open account is shown. */
export const AccountContext = createContext<CurrentAccount | undefined>(undefined)

/** The accounts of this device, below the place where the worker is known to run. */
export function useHome(): HomeClient {
  const home = useContext(HomeContext)
  if (home === undefined) throw new Error('there is no home above this component')
  return home.home
}

/** The account that is shown, below the place where it is known to be open. */
export function useAccount(): CurrentAccount {
  const account = useContext(AccountContext)
  if (account === undefined) throw new Error('there is no account above this component')
  return account
}
