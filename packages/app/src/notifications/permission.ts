import { useSyncExternalStore } from 'react'

/** Whether the browser lets us notify: `unasked` until the user was asked, `impossible` where it cannot. */
type NotificationPermissionState = 'granted' | 'denied' | 'unasked' | 'impossible'

const listeners = new Set<() => void>()

/** What the browser says now. */
function notificationPermission(): NotificationPermissionState {
  if (!('Notification' in globalThis)) return 'impossible'
  const { permission } = Notification
  return permission === 'default' ? 'unasked' : permission
}

/** Asks the user; only to be called when they pressed something that says so. */
export async function askForNotifications(): Promise<NotificationPermissionState> {
  if (notificationPermission() === 'unasked') await Notification.requestPermission()
  for (const listener of listeners) listener()
  return notificationPermission()
}

/** The same, kept up to date; browsers tell of a change in their own settings when one comes back to the page. */
export function useNotificationPermission(): NotificationPermissionState {
  return useSyncExternalStore(subscribe, notificationPermission)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('focus', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('focus', listener)
  }
}
