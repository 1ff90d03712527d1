export { Notifications } from './notifications.tsx'
export {
  askForNotifications,
  notificationPermission,
  type NotificationPermissionState,
  useNotificationPermission,
} from './permission.ts'
