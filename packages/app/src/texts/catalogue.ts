import { type texts } from './en/index.ts'
import { type Language } from './languages.ts'

/** The name of a text: `feature.what`. */
export type TextKey = keyof typeof texts

/** All texts of a language, in the ICU message format. */
export type Catalogue = Readonly<Record<TextKey, string>>

const loaders: Readonly<Record<Language, () => Promise<{ readonly texts: Catalogue }>>> = {
  en: async () => import('./en/index.ts'),
  de: async () => import('./de/index.ts'),
  es: async () => import('./es/index.ts'),
  fr: async () => import('./fr/index.ts'),
  ar: async () => import('./ar/index.ts'),
  ja: async () => import('./ja/index.ts'),
}

/** Fetches the texts of a language. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (await loaders[language]()).texts
}
