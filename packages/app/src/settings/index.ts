export { LanguageSelect } from './language-select.tsx'
export { Settings } from './settings.tsx'
export { ThemeControl } from './theme-control.tsx'
