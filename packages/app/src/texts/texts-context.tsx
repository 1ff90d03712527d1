import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { usePreferences } from '../preferences/index.ts'
import { loadCatalogue } from './catalogue.ts'
import { type Language, languages, preferredLanguage, regionalTag } from './languages.ts'
import { createTexts, type Texts } from './texts.ts'

const TextsContext = createContext<Texts | undefined>(undefined)

/** The texts in the language of the app. */
export function useText(): Texts {
  const texts = useContext(TextsContext)
  if (texts === undefined) throw new Error('there are no texts above this component')
  return texts
}

/** The language that is shown: the chosen one, or the first that the device asks for. */
export function useLanguage(): Language {
  const { language } = usePreferences()
  return language === 'system' ? preferredLanguage(navigator.languages) : language
}

/** Loads texts, and others when the language changes; shows nothing before the first are there. */
export function TextsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const language = useLanguage()
  const [texts, setTexts] = useState<Texts>()
  useEffect(() => {
    let current = true
    const load = async (): Promise<void> => {
      const catalogue = await loadCatalogue(language)
      if (!current) return
      document.documentElement.lang = language
      document.documentElement.dir = languages[language].dir
      setTexts(() => createTexts(catalogue, regionalTag(language, navigator.languages)))
    }
    void load()
    return () => {
      current = false
    }
  }, [language])
  return texts === undefined ? null : <TextsContext value={texts}>{children}</TextsContext>
}
