import { type ReactNode } from 'react'
import { useMessages, useNow } from '../messages/index.ts'
import { useText } from '../texts/index.ts'

/** How long it is until the next attempt; nothing when that is due. `to` is Unix ms. */
export function Countdown({ to }: { readonly to: number }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const now = useNow(1000)
  // Read out once, not each second.
  return to <= now ? null : (
    <span aria-live="off">{text('conversation.waiting.next', { when: formats.until(to, now) })}</span>
  )
}
