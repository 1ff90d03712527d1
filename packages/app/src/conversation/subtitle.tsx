import { type ReactNode } from 'react'
import { type ConversationView } from '@sotto/client'
import { expiryCase, useMessages, useNow } from '../messages/index.ts'
import { useText } from '../texts/index.ts'

/** How late the end of being muted may show. */
const MUTE_MS = 60_000

/** What is special about a conversation, all in one line: nothing that moves has to be waited for. Spec 50 §3.2. */
export function Subtitle({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const now = useNow(MUTE_MS)
  const { expiry, mutedUntilSeconds, notifications } = conversation
  const { mode, timerSeconds } = expiry
  const parts: string[] = []
  if (mode !== 'off') {
    const duration = formats.duration(timerSeconds)
    parts.push(text('conversation.subtitle.expiry', { mode: expiryCase(mode), duration }))
  }
  if (notifications === 'none' || mutedUntilSeconds * 1000 > now) parts.push(text('conversation.subtitle.muted'))
  if (notifications === 'mentions') parts.push(text('conversation.subtitle.mentions'))
  return parts.join(' · ')
}
