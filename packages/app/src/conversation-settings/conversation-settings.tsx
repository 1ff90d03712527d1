import { type ReactNode } from 'react'

export function ConversationSettings(_: { readonly conversation: string; readonly page: 'expiry' | 'notifications' | 'nickname' | undefined; readonly onClose: () => void }): ReactNode {
  return null
}
