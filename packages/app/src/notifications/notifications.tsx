import { type ReactNode } from 'react'
import { type ClientSettings } from '@sotto/client'
import { useAccount, useQuery } from '../core/index.ts'
import { useNotificationPermission } from './permission.ts'
import { useBadge } from './use-badge.ts'
import { useFocusLost } from './use-focus-lost.ts'
import { useNotifications } from './use-notifications.ts'
import { useNotifierLock } from './use-notifier-lock.ts'

/** Tells of what comes while the user looks elsewhere. Of several tabs one does. Spec 50 §12. */
export function Notifications(): ReactNode {
  const { slot } = useAccount()
  useBadge()
  const speaks = useNotifierLock(slot)
  const since = useFocusLost()
  const settings = useQuery('settings.get')
  if (!speaks || since === undefined || settings?.notifications !== true) return null
  return <Unseen since={since} settings={settings} />
}

interface UnseenProps {
  readonly since: number
  readonly settings: ClientSettings
}

function Unseen({ since, settings }: UnseenProps): ReactNode {
  const entries = useQuery('notifications.unseen', { since })
  return entries === undefined || entries.length === 0 ? null : <Shown entries={entries} settings={settings} />
}

interface ShownProps {
  readonly entries: Parameters<typeof useNotifications>[0]
  readonly settings: ClientSettings
}

function Shown({ entries, settings }: ShownProps): ReactNode {
  const permission = useNotificationPermission()
  useNotifications(entries, {
    content: settings.notificationContent,
    hasSound: settings.notificationSound,
    isAllowed: permission === 'granted',
  })
  return null
}
