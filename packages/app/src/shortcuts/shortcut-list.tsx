import { type ReactNode } from 'react'

export function ShortcutList(_: { readonly onClose: () => void }): ReactNode {
  return null
}
