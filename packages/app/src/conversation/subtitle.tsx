import { type ReactNode, useEffect, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { expiryCase, useMessages, useNow } from '../messages/index.ts'
import { useText } from '../texts/index.ts'

/** Each thing is shown this long, if there is more than one. */
const PAGE_MS = 6000
/** How late the end of being muted may show. */
const MUTE_MS = 60_000

/** What is special about a conversation, one thing after the other. Spec 50 §3.2. */
export function Subtitle({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const [page, setPage] = useState(0)
  const now = useNow(MUTE_MS)
  const { expiry, mutedUntilSeconds, notifications } = conversation
  const { mode, timerSeconds } = expiry
  const pages: string[] = []
  if (mode !== 'off') {
    const duration = formats.duration(timerSeconds)
    pages.push(text('conversation.subtitle.expiry', { mode: expiryCase(mode), duration }))
  }
  if (notifications === 'none' || mutedUntilSeconds * 1000 > now) pages.push(text('conversation.subtitle.muted'))
  if (notifications === 'mentions') pages.push(text('conversation.subtitle.mentions'))
  const count = pages.length
  useEffect(() => {
    if (count < 2) return
    const timer = setInterval(() => setPage(before => before + 1), PAGE_MS)
    return () => clearInterval(timer)
  }, [count])
  return pages[count === 0 ? 0 : page % count]
}
