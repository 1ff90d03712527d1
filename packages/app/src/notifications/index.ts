export { Notifications } from './notifications.tsx'
export { askForNotifications, useNotificationPermission } from './permission.ts'
