import { type ReactNode } from 'react'

export function Invite(): ReactNode {
  return null
}
