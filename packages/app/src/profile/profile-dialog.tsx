import { type ReactNode } from 'react'

export function ProfileDialog(_: { readonly account: string; readonly onClose: () => void }): ReactNode {
  return null
}
