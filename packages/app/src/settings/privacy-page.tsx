import { type ReactNode } from 'react'
import { autoLocks, changePreferences, usePreferences } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import { Section, Select, SettingsRow } from '../ui/index.ts'
import { PassphraseSection } from './passphrase-section.tsx'
import { SettingSwitch } from './setting-switch.tsx'
import { useSettings } from './use-settings.ts'

const switches = ['readReceipts', 'typingIndicators', 'linkPreviews'] as const

/** What others learn, and who can read along on this device. Spec 50 §9.2. */
export function PrivacyPage(): ReactNode {
  const text = useText()
  const [settings, change] = useSettings()
  if (settings === undefined) return null
  return (
    <>
      <Section title={text('settings.privacy.others')} footnote={text('settings.local')}>
        {switches.map(name => (
          <SettingSwitch
            key={name}
            label={text(`settings.privacy.${name}`)}
            description={text(`settings.privacy.${name}.description`)}
            isSelected={settings[name]}
            onChange={isOn => change({ [name]: isOn })}
          />
        ))}
      </Section>
      <PassphraseSection />
      <Section title={text('settings.auto-lock')} footnote={text('settings.auto-lock.note')}>
        <AutoLockRow />
      </Section>
    </>
  )
}

function AutoLockRow(): ReactNode {
  const text = useText()
  const { autoLockMinutes } = usePreferences()
  const options = autoLocks.map(minutes => ({
    value: String(minutes),
    label: minutes === 0 ? text('settings.auto-lock.never') : text('settings.auto-lock.after', { minutes }),
  }))
  const change = (value: string): void => {
    const minutes = autoLocks.find(each => String(each) === value)
    if (minutes !== undefined) changePreferences({ autoLockMinutes: minutes })
  }
  const label = text('settings.auto-lock.label')
  return (
    <SettingsRow
      label={label}
      control={
        <Select label={label} labelHidden isQuiet options={options} value={String(autoLockMinutes)} onChange={change} />
      }
    />
  )
}
