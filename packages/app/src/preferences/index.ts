export { accents, autoLocks, themes, zooms } from './preferences.ts'
export { changePreferences, usePreferences } from './preferences-store.ts'
export { useAppearance, useShownTheme } from './use-appearance.ts'
