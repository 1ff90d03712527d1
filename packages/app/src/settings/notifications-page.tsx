import { type ReactNode } from 'react'
import { showSample, useNotificationPermission } from '../notifications/index.ts'
import { useText } from '../texts/index.ts'
import { Button, RadioGroup, Section } from '../ui/index.ts'
import { PermissionSection } from './permission-section.tsx'
import { SettingSwitch } from './setting-switch.tsx'
import { useSettings } from './use-settings.ts'

/** When and how the device says that there is something new. Spec 50 §9.3. */
export function NotificationsPage(): ReactNode {
  const text = useText()
  const permission = useNotificationPermission()
  const [settings, change] = useSettings()
  if (settings === undefined) return null
  const { notifications, notificationContent, notificationSound } = settings
  const options = (['name-and-text', 'name', 'count'] as const).map(value => ({
    value,
    label: text(`settings.notifications.${value}`),
    description: text(`settings.notifications.${value}.description`),
  }))
  return (
    <>
      <PermissionSection />
      <Section footnote={text('settings.local')}>
        <SettingSwitch
          label={text('settings.notifications.on')}
          description={text('settings.notifications.on.description')}
          isSelected={notifications}
          onChange={isOn => change({ notifications: isOn })}
        />
        <SettingSwitch
          label={text('settings.notifications.sound')}
          isSelected={notificationSound}
          onChange={isOn => change({ notificationSound: isOn })}
        />
      </Section>
      <Section isPadded>
        <RadioGroup
          label={text('settings.notifications.content')}
          options={options}
          value={notificationContent}
          onChange={content => change({ notificationContent: content })}
          isDisabled={!notifications}
        />
        <Button
          size="small"
          isDisabled={!notifications || permission !== 'granted'}
          onPress={() => showSample(text, notificationContent)}
        >
          {text('settings.notifications.sample')}
        </Button>
      </Section>
    </>
  )
}
