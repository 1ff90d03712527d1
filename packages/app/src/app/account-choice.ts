import { createContext, useContext } from 'react'

/** Which account is shown, and how another one is. */
export interface AccountChoice {
  readonly slot: string | undefined
  /** The word `new` shows how to get another account. */
  choose(slot: string): void
  /** Another account is being made or restored. */
  readonly isAdding: boolean
}

export const AccountChoiceContext = createContext<AccountChoice | undefined>(undefined)

export function useAccountChoice(): AccountChoice {
  const choice = useContext(AccountChoiceContext)
  if (choice === undefined) throw new Error('there is no choice of accounts above this component')
  return choice
}
