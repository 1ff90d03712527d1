import { type ReactNode } from 'react'

export function UpdateNotice(): ReactNode {
  return null
}
