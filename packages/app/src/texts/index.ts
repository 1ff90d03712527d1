export { type TextKey } from './catalogue.ts'
export { type Language, languages } from './languages.ts'
export { TextsProvider, useLanguage, useText } from './texts-context.tsx'
export { type Texts } from './texts.ts'
