import { useCallback, useEffect, useRef } from 'react'
import { type ConversationView, type MessageView } from '@sotto/client'
import { useAccount } from '../core/index.ts'

/** Reading is told once for what comes into sight within this time. */
const SETTLE_MS = 150

/** Marks as read what is seen while the window has the focus. Spec 50 §3.3. Returns what is to be told of each newest seen message. */
export function useReading(
  { forcedUnread, id: conversation }: Pick<ConversationView, 'id' | 'forcedUnread'>,
  messages: readonly MessageView[],
  newestSeen: () => number | undefined,
): () => void {
  const { client } = useAccount()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const look = useRef<() => void>(undefined)
  // Who marks it as unread while it is open does so for later.
  const wasForced = useRef(forcedUnread)
  useEffect(() => {
    if (!forcedUnread) wasForced.current = false
  }, [forcedUnread])
  useEffect(() => {
    look.current = () => {
      if (!document.hasFocus() || document.visibilityState !== 'visible') return
      const at = messages.findIndex(({ id }) => id === newestSeen())
      const isUnread = wasForced.current || messages.slice(0, at + 1).some(({ unread }) => unread)
      const seen = messages[at]
      if (seen === undefined || !isUnread) return
      // Whatever fails here is tried again with the next look.
      client.command('conversations.mark-read', { conversation, upTo: seen.id }).catch(() => undefined)
    }
  }, [client, conversation, messages, newestSeen])
  const lookSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      look.current?.()
    }, SETTLE_MS)
  }, [])
  useEffect(lookSoon, [lookSoon, messages])
  useEffect(() => {
    addEventListener('focus', lookSoon)
    return () => {
      removeEventListener('focus', lookSoon)
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [lookSoon])
  return lookSoon
}
