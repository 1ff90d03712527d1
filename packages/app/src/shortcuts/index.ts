export { Shortcuts } from './shortcuts.tsx'
export { ShortcutList } from './shortcut-list.tsx'
