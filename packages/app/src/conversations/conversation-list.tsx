import { type ReactNode } from 'react'

export function ConversationList(): ReactNode {
  return null
}
