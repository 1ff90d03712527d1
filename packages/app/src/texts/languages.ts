/** Languages in which every text exists, by their own names. */
export const languages = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
  ja: { name: '日本語', dir: 'ltr' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>>

/** The code of a language of the app. */
export type Language = keyof typeof languages

/** The first language that the person reads and the app has; English if there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [base = ''] = tag.toLowerCase().split('-')
    if (isLanguage(base)) return base
  }
  return 'en'
}

/** Whether the app has this language. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text)
}

/** The language as the person writes it, if the device says so: `en-GB` puts the day before the month. */
export function regionalTag(language: Language, wanted: readonly string[]): string {
  return wanted.find(tag => tag.toLowerCase().split('-')[0] === language) ?? language
}
