import { type ReactNode } from 'react'

export function Requests(): ReactNode {
  return null
}
