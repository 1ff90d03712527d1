import { createContext, useContext } from 'react'

/** Which account is shown, and how another one is. */
export interface AccountChoice {
  readonly slot: string | undefined
  /** `anotherAccount` shows how to get another one. */
  readonly choose: (slot: string) => void
  /** Another account is being made or restored. */
  readonly isAdding: boolean
}

/** In the place of a slot: none of those that there are. */
export const anotherAccount = 'new'

/** Set where the accounts of the device are known. */
export const AccountChoiceContext = createContext<AccountChoice | undefined>(undefined)

/** Which account is shown, below the place where that is decided. */
export function useAccountChoice(): AccountChoice {
  const choice = useContext(AccountChoiceContext)
  if (choice === undefined) throw new Error('there is no choice of accounts above this component')
  return choice
}
