import { useEffect, useState } from 'react'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { badgeText } from './notification-text.ts'
import { pageTimers, Throttle } from './throttle.ts'

const everyMs = 2000

/** How much is unread stands in the title of the page and, where there is one, on the icon of the app. Spec 50 §12. */
export function useBadge(): void {
  const text = useText()
  const unread = useQuery('conversations.unread')?.messages ?? 0
  const [throttle] = useState(() => new Throttle(everyMs, pageTimers))
  const name = text('app.name')
  useEffect(() => {
    throttle.run(() => {
      document.title = unread === 0 ? name : text('notifications.title', { count: badgeText(unread), name })
      setAppBadge(unread)
    })
  }, [name, text, throttle, unread])
  useEffect(
    () => () => {
      throttle.stop()
      document.title = name
      setAppBadge(0)
    },
    [name, throttle],
  )
}

function setAppBadge(count: number): void {
  const badges = navigator as { readonly setAppBadge?: Navigator['setAppBadge'] }
  // It is decoration: where it is refused there is none.
  badges.setAppBadge?.call(navigator, Math.min(count, 99)).catch(() => undefined)
}
