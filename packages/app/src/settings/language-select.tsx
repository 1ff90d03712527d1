import { type ReactNode } from 'react'
import { changePreferences, usePreferences } from '../preferences/index.ts'
import { type Language, languages, useText } from '../texts/index.ts'
import { Select } from '../ui/index.ts'

type Choice = 'system' | Language

const choices: readonly Choice[] = ['system', 'en', 'de', 'es', 'fr', 'ar', 'ja']

/** The language of the app, each by its own name. A change shows at once. */
export function LanguageSelect(): ReactNode {
  const text = useText()
  const { language } = usePreferences()
  const options = choices.map(value => ({
    value,
    label: value === 'system' ? text('settings.language.system') : languages[value].name,
  }))
  return (
    <Select
      label={text('settings.language')}
      options={options}
      value={language}
      onChange={next => changePreferences({ language: next })}
    />
  )
}
