import { type ReactNode } from 'react'

export function AccountSwitcher(_: { readonly onClose: () => void }): ReactNode {
  return null
}
