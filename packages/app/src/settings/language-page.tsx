import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Section } from '../ui/index.ts'
import { LanguageSelect } from './language-select.tsx'

/** The language of the app. */
export function LanguagePage(): ReactNode {
  const text = useText()
  return (
    <Section isPadded footnote={text('settings.language.note')}>
      <LanguageSelect />
    </Section>
  )
}
