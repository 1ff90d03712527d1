import { type ReactNode } from 'react'

export function PathScreen(_: { readonly onClose: () => void }): ReactNode {
  return null
}
