import { type ReactNode } from 'react'
import { askForNotifications, useNotificationPermission } from '../notifications/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, Button } from '../ui/index.ts'

/** What the browser says about notifications, and the way to ask it. Nobody is asked unasked. */
export function PermissionSection(): ReactNode {
  const text = useText()
  const permission = useNotificationPermission()
  switch (permission) {
    case 'granted':
      return null
    case 'denied':
      return <Banner tone="caution">{text('settings.notifications.denied')}</Banner>
    case 'impossible':
      return <Banner tone="info">{text('settings.notifications.unsupported')}</Banner>
    case 'unasked':
      return (
        <Banner
          tone="info"
          action={
            <Button size="small" onPress={() => void askForNotifications()}>
              {text('settings.notifications.ask')}
            </Button>
          }
        >
          {text('settings.notifications.ask.body')}
        </Banner>
      )
  }
}
