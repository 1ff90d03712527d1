import { type ReactNode } from 'react'
import { type Details } from '../navigation/index.ts'

export function DetailsPane(_: { readonly conversation: string; readonly details: Details }): ReactNode {
  return null
}
