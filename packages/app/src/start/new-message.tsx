import { type ReactNode } from 'react'

export function NewMessage(): ReactNode {
  return null
}
