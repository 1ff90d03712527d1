import { useEffect, useRef, useState } from 'react'
import { type UnseenEntry } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { createSounds } from '../ui/index.ts'
import { type NotificationContent, notificationWords } from './notification-text.ts'
import { OsNotification } from './os-notification.ts'
import { pageTimers, Throttle } from './throttle.ts'

const everyMs = 2000
const apple = /mac/i

interface NotificationWishes {
  readonly content: NotificationContent
  readonly hasSound: boolean
  readonly isAllowed: boolean
}

/** Shows one notification for all that is in `entries`, newest first, and another one when that has changed. */
export function useNotifications(entries: readonly UnseenEntry[], wishes: NotificationWishes): void {
  const { content, hasSound, isAllowed } = wishes
  const text = useText()
  const { client } = useAccount()
  const { openConversation, showLeft } = useNavigation()
  const [{ throttle, notification, sounds }] = useState(() => ({
    throttle: new Throttle(everyMs, pageTimers),
    notification: new OsNotification(),
    sounds: createSounds(),
  }))
  const latest = useRef({ openConversation, showLeft })
  useEffect(() => {
    latest.current = { openConversation, showLeft }
  })
  const newest = entries[0]?.message
  const heard = useRef<number | undefined>(undefined)
  useEffect(() => {
    const press = (): void => {
      const [entry] = entries
      if (entry?.kind === 'message') latest.current.openConversation(entry.conversation)
      else latest.current.showLeft('requests')
    }
    const show = async (): Promise<void> => {
      const isShort = apple.test(navigator.userAgent) && (await disappears(client, entries[0]))
      const words = notificationWords(text, entries, isShort ? 'count' : content)
      if (words === undefined) return notification.close()
      if (isAllowed) notification.show(words, press)
      if (hasSound && heard.current !== newest) sounds.play('received')
      heard.current = newest
    }
    throttle.run(() => void show())
  }, [client, content, entries, hasSound, isAllowed, newest, notification, sounds, text, throttle])
  useEffect(
    () => () => {
      throttle.stop()
      notification.close()
      sounds.close()
    },
    [notification, sounds, throttle],
  )
}

/** What macOS keeps of a notification would outlive a message that disappears. */
async function disappears(
  client: ReturnType<typeof useAccount>['client'],
  entry: UnseenEntry | undefined,
): Promise<boolean> {
  if (entry === undefined) return false
  const message = await client.query('messages.get', { message: entry.message }).catch(() => undefined)
  return message?.expiry !== undefined
}
