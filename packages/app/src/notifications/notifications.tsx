import { type ReactNode } from 'react'

export function Notifications(): ReactNode {
  return null
}
