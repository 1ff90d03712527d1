import { type ReactNode } from 'react'
import { type HomeListing } from '@sotto/client/web'

export function LockScreen(_: {
  readonly account: HomeListing
  readonly others: readonly HomeListing[]
  readonly onChoose: (slot: string) => void
}): ReactNode {
  return null
}
