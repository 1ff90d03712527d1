import { useState } from 'react'
import { type AccountSlot } from '@sotto/client'
import { codeOf, useHome } from '../core/index.ts'

/** A wrong passphrase is not answered sooner: nobody shall try many of them here. Spec 50 §1.4. */
const leastMs = 500

/** Errors after which trying again makes no sense. */
const lostCodes: ReadonlySet<string> = new Set(['account.damaged', 'account.bad-header', 'account.no-wrapping-key'])

/** An account that is being opened. */
export interface Unlocking {
  readonly passphrase: string
  readonly setPassphrase: (passphrase: string) => void
  readonly isPending: boolean
  /** Why it did not open last time. */
  readonly error: unknown
  readonly wrongTries: number
  /** What the device has of it cannot be opened by anybody. */
  readonly isLost: boolean
  readonly lostReason: unknown
  readonly open: () => Promise<void>
}

/** Opens an account with what is typed. The passphrase is let go of as soon as it is right. */
export function useUnlocking(slot: AccountSlot): Unlocking {
  const home = useHome()
  const [passphrase, setPassphrase] = useState('')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const [wrongTries, setWrongTries] = useState(0)
  const open = async (): Promise<void> => {
    if (isPending) return
    setPending(true)
    setError(undefined)
    const wait = new Promise(resolve => {
      setTimeout(resolve, leastMs)
    })
    try {
      await home.unlock(slot, passphrase === '' ? undefined : passphrase)
      setPassphrase('')
    } catch (problem) {
      await wait
      if (codeOf(problem) === 'account.wrong-passphrase') setWrongTries(wrongTries + 1)
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const isLost = lostCodes.has(codeOf(error) ?? '')
  const change = (next: string): void => {
    setPassphrase(next)
    setError(undefined)
  }
  const lostReason = isLost ? error : undefined
  return { passphrase, setPassphrase: change, isPending, error, wrongTries, isLost, lostReason, open }
}
