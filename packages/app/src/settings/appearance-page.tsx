import { type ReactNode } from 'react'
import { changePreferences, usePreferences, zooms } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import { Section, Select, SettingsRow } from '../ui/index.ts'
import { AccentPicker } from './accent-picker.tsx'
import { AppearancePreview } from './appearance-preview.tsx'
import { SettingSwitch } from './setting-switch.tsx'
import { ThemeControl } from './theme-control.tsx'

/** Colours, size and motion; each change shows at once. Spec 50 §9.7. */
export function AppearancePage(): ReactNode {
  const text = useText()
  const { contrast, motion } = usePreferences()
  return (
    <>
      <AppearancePreview />
      <Section isPadded>
        <ThemeControl />
        <AccentPicker />
      </Section>
      <Section footnote={text('settings.appearance.note')}>
        <ZoomRow />
        <SettingSwitch
          label={text('settings.contrast')}
          description={text('settings.contrast.description')}
          isSelected={contrast === 'more'}
          onChange={isOn => changePreferences({ contrast: isOn ? 'more' : 'normal' })}
        />
        <SettingSwitch
          label={text('settings.motion')}
          description={text('settings.motion.description')}
          isSelected={motion === 'reduced'}
          onChange={isOn => changePreferences({ motion: isOn ? 'reduced' : 'system' })}
        />
      </Section>
    </>
  )
}

function ZoomRow(): ReactNode {
  const text = useText()
  const { zoom } = usePreferences()
  const format = new Intl.NumberFormat(text.language, { style: 'percent' })
  const options = zooms.map(each => ({ value: String(each), label: format.format(each / 100) }))
  const label = text('settings.zoom')
  return (
    <SettingsRow
      label={label}
      control={
        <Select
          label={label}
          labelHidden
          isQuiet
          options={options}
          value={String(zoom)}
          onChange={value => changePreferences({ zoom: Number(value) })}
        />
      }
    />
  )
}
