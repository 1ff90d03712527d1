export { type Details, type Modal, type SettingsPage } from './place.ts'
export { NavigationProvider, useNavigation } from './navigation.tsx'
export { useLayout } from './use-layout.ts'
