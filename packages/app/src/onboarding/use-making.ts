import { useState } from 'react'
import { type HomeClient, type HomeProtection, type OpenedAccount } from '@sotto/client/web'
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

/** Makes an account. The app stays with this screen although the list has it by then. */
export function useMaking(): Making {
  const home = useHome()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const make: Making['make'] = async work => {
    setPending(true)
    setError(undefined)
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
