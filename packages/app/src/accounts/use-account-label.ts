import { useEffect, useState } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { useHome } from '../core/index.ts'
import { useText } from '../texts/index.ts'

/** What to call an account of this device: its name if it is open, otherwise the label it was given, if any. */
export function useAccountLabel({ slot, accountId, hint }: HomeListing): string {
  const home = useHome()
  const text = useText()
  const [name, setName] = useState<string>()
  useEffect(() => {
    setName(undefined)
    if (accountId === undefined) return undefined
    return home.account(slot).watch('account.get', undefined, {
      onResult: account => setName(account.name),
      onError: () => setName(undefined),
    })
  }, [home, slot, accountId])
  if (name !== undefined) return name
  return hint ?? text(accountId === undefined ? 'accounts.locked-name' : 'accounts.unnamed')
}
