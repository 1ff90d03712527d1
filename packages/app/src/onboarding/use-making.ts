import { useState } from 'react'
import { type HomeClient, type HomeProtection, type OpenedAccount } from '@sotto/client/web'
import { useAccountChoice } from '../app/account-choice.ts'
import { useHome } from '../core/index.ts'

/** An account that is being made, and why it was not. */
export interface Making {
  readonly isPending: boolean
  readonly error: unknown
  /** The account, unless it failed. */
  readonly make: (work: (home: HomeClient) => Promise<OpenedAccount>) => Promise<OpenedAccount | undefined>
  /** What was wrong is being mended. */
  readonly clear: () => void
}

/** Makes an account without leaving the screen: there is more to say when it is there. */
export function useMaking(): Making {
  const home = useHome()
  const choice = useAccountChoice()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const make: Making['make'] = async work => {
    setPending(true)
    setError(undefined)
    // Otherwise the app would show the new account as soon as the list has it.
    choice.choose('new')
    try {
      return await work(home)
    } catch (problem) {
      setError(problem)
      return undefined
    } finally {
      setPending(false)
    }
  }
  return { isPending, error, make, clear: () => setError(undefined) }
}

/** What home is told of a chosen protection. */
export function protectionOf(passphrase: string | undefined): HomeProtection {
  return passphrase === undefined ? {} : { passphrase }
}
