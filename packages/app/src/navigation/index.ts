export { type Details, type Focus, type Left, type Modal, type Place, type SettingsPage } from './place.ts'
export { NavigationProvider, type Navigation, useNavigation } from './navigation.tsx'
export { type Layout, useLayout } from './use-layout.ts'
