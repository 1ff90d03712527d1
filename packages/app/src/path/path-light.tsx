import { type ReactNode } from 'react'

export function PathLight(): ReactNode {
  return null
}
