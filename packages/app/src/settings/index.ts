export { LanguageSelect } from './language-select.tsx'
export { ThemeControl } from './theme-control.tsx'
