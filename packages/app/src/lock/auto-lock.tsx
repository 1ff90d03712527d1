import { type ReactNode } from 'react'

export function AutoLock(): ReactNode {
  return null
}
