import { type ReactNode } from 'react'
import { changePreferences, themes, usePreferences } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import { Select } from '../ui/index.ts'

/** Light, dark, black, or what the device says. */
export function ThemeControl(): ReactNode {
  const text = useText()
  const { theme } = usePreferences()
  const options = themes.map(value => ({ value, label: text(`settings.theme.${value}`) }))
  return (
    <Select
      label={text('settings.theme')}
      options={options}
      value={theme}
      onChange={next => changePreferences({ theme: next })}
    />
  )
}
