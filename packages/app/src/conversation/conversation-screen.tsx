import { type ReactNode } from 'react'

export function ConversationScreen(_: { readonly conversation: string }): ReactNode {
  return null
}
