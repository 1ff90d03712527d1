import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { ConfirmDialog, Section, SettingsRow } from '../ui/index.ts'
import { useHiddenPhrase } from './hidden-phrases.ts'

interface HideForGoodProps {
  readonly slot: string
  readonly onHidden: () => void
}

/** Takes the recovery phrase out of this device's settings, after two warnings. Spec 50 §9.8. */
export function HideForGood({ slot, onHidden }: HideForGoodProps): ReactNode {
  const text = useText()
  const [, hide] = useHiddenPhrase(slot)
  const [asked, setAsked] = useState(0)
  const end = (): void => setAsked(0)
  const label = text('recovery.hide-for-good')
  return (
    <Section>
      <SettingsRow
        label={label}
        description={text('recovery.hide-for-good.description')}
        tone="danger"
        onPress={() => setAsked(1)}
      />
      <ConfirmDialog
        isOpen={asked === 1}
        onClose={() => setAsked(at => (at === 1 ? 0 : at))}
        title={text('recovery.hide-for-good.title')}
        confirm={{ label: text('recovery.hide-for-good.continue'), tone: 'danger', onPress: () => setAsked(2) }}
      >
        {text('recovery.hide-for-good.body')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 2}
        onClose={end}
        title={text('recovery.hide-for-good.sure.title')}
        confirm={{
          label: text('recovery.hide-for-good.confirm'),
          tone: 'danger',
          onPress: () => {
            hide()
            onHidden()
          },
        }}
      >
        {text('recovery.hide-for-good.sure.body')}
      </ConfirmDialog>
    </Section>
  )
}
