import { type ReactNode, useState } from 'react'
import { useAccount, useAct, useHome, useHomeQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Section, SettingsRow } from '../ui/index.ts'
import { PassphraseDialog, type PassphraseTask } from './passphrase-dialog.tsx'

/** Whether a passphrase protects the account on this device, and what changes that. */
export function PassphraseSection(): ReactNode {
  const text = useText()
  const { slot } = useAccount()
  const home = useHome()
  const act = useAct()
  const [task, setTask] = useState<PassphraseTask>()
  const listing = useHomeQuery('home.list')?.find(each => each.slot === slot)
  if (listing === undefined) return null
  const isSet = listing.protection === 'passphrase'
  return (
    <Section
      title={text('settings.passphrase')}
      footnote={text(isSet ? 'settings.passphrase.set.note' : 'settings.passphrase.none.note')}
    >
      {isSet ? (
        <>
          <SettingsRow
            label={text('settings.passphrase.lock')}
            isAction
            onPress={() => void act(async () => home.lock(slot))}
          />
          <SettingsRow label={text('settings.passphrase.change')} onPress={() => setTask('change')} />
          <SettingsRow label={text('settings.passphrase.remove')} tone="danger" onPress={() => setTask('remove')} />
        </>
      ) : (
        <SettingsRow label={text('settings.passphrase.set')} onPress={() => setTask('set')} />
      )}
      {task !== undefined && <PassphraseDialog task={task} onClose={() => setTask(undefined)} />}
    </Section>
  )
}
