export { Shortcuts } from './shortcuts.tsx'
export { useShortcut } from './use-shortcut.ts'
