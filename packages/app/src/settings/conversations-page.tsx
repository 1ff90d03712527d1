import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { RadioGroup, Section } from '../ui/index.ts'
import { BlockedContacts } from './blocked-contacts.tsx'
import { SettingSwitch } from './setting-switch.tsx'
import { useSettings } from './use-settings.ts'

/** How one writes, and whom one does not hear. Spec 50 §9.5, §9.6. */
export function ConversationsPage(): ReactNode {
  const text = useText()
  const [settings, change] = useSettings()
  if (settings === undefined) return null
  const options = (['sends', 'new-line'] as const).map(value => ({
    value,
    label: text(`settings.enter-key.${value}`),
    description: text(`settings.enter-key.${value}.description`),
  }))
  return (
    <>
      <Section isPadded>
        <RadioGroup
          label={text('settings.enter-key')}
          options={options}
          value={settings.enterKey}
          onChange={enterKey => change({ enterKey })}
        />
      </Section>
      <Section>
        <SettingSwitch
          label={text('settings.spell-check')}
          description={text('settings.spell-check.description')}
          isSelected={settings.spellCheck}
          onChange={spellCheck => change({ spellCheck })}
        />
        <SettingSwitch
          label={text('attachments.auto-play')}
          description={text('attachments.auto-play.about')}
          isSelected={settings.autoPlayAudio}
          onChange={autoPlayAudio => change({ autoPlayAudio })}
        />
      </Section>
      <BlockedContacts />
    </>
  )
}
