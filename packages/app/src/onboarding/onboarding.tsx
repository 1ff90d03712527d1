import { type ReactNode } from 'react'

export function Onboarding(_: { readonly hasOthers: boolean; readonly onDone: (slot: string) => void }): ReactNode {
  return null
}
