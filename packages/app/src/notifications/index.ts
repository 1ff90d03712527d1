export { Notifications } from './notifications.tsx'
export { askForNotifications, useNotificationPermission } from './permission.ts'
export { showSample } from './show-sample.ts'
