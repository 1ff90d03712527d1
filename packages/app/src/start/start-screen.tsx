import { type ReactNode } from 'react'

export function StartScreen(): ReactNode {
  return null
}
