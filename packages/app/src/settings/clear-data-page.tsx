import { type ReactNode, useState } from 'react'
import { useAccount, useAct, useErrorText } from '../core/index.ts'
import { useRemoveAccount } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog, RadioGroup, Section } from '../ui/index.ts'
import styles from './settings.module.css'

type Scope = 'device' | 'network'

/** Removes the account from this device, or from the network too. Spec 50 §9.10. */
export function ClearDataPage(): ReactNode {
  const text = useText()
  const [scope, setScope] = useState<Scope>('device')
  const [asks, setAsks] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const removeAccount = useRemoveAccount()
  const { slot } = useAccount()
  const act = useAct()
  const clear = async (): Promise<void> => {
    if (scope === 'device') await act(async () => removeAccount(slot, 'device'))
    else await removeAccount(slot, 'device-and-network').catch(setFailure)
  }
  const options = (['device', 'network'] as const).map(value => ({
    value,
    label: text(`settings.clear.${value}`),
    description: text(`settings.clear.${value}.description`),
  }))
  return (
    <>
      <Section isPadded footnote={text('settings.clear.note')}>
        <RadioGroup label={text('settings.clear.what')} options={options} value={scope} onChange={setScope} />
        <div className={styles['buttons']}>
          <Button variant="danger" onPress={() => setAsks(true)}>
            {text(`settings.clear.${scope}.confirm`)}
          </Button>
        </div>
      </Section>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text(`settings.clear.${scope}.title`)}
        confirm={{ label: text(`settings.clear.${scope}.confirm`), tone: 'danger', onPress: clear }}
      >
        {text(`settings.clear.${scope}.body`)}
      </ConfirmDialog>
      <NotErased failure={failure} onClose={() => setFailure(undefined)} />
    </>
  )
}

interface NotErasedProps {
  readonly failure: unknown
  readonly onClose: () => void
}

/** The network did not say that all is gone: whether this device shall be cleared all the same. */
function NotErased({ failure, onClose }: NotErasedProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const removeAccount = useRemoveAccount()
  const { slot } = useAccount()
  const act = useAct()
  return (
    <ConfirmDialog
      isOpen={failure !== undefined}
      onClose={onClose}
      title={text('settings.clear.failed.title')}
      confirm={{
        label: text('settings.clear.failed.confirm'),
        tone: 'danger',
        onPress: async () => {
          await act(async () => removeAccount(slot, 'device'))
        },
      }}
    >
      <p>{errorText(failure)}</p>
      <p>{text('settings.clear.failed.body')}</p>
    </ConfirmDialog>
  )
}
