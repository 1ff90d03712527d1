import { type ReactNode, useState } from 'react'
import { type OpenedAccount } from '@sotto/client/web'
import { NameField, useNameDraft } from '../accounts/index.ts'
import { useAct, useHome } from '../core/index.ts'
import { StepFrame } from '../lock/index.ts'
import { useRemoveAccount } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog } from '../ui/index.ts'
import styles from './onboarding.module.css'

interface RenameStepProps {
  readonly account: OpenedAccount
  readonly onDone: () => void
  readonly onRemoved: () => void
}

/** For an account that was restored and whose name nobody knows. Spec 50 §1.3. */
export function RenameStep({ account, onDone, onRemoved }: RenameStepProps): ReactNode {
  const text = useText()
  const home = useHome()
  const act = useAct()
  const removeAccount = useRemoveAccount()
  const name = useNameDraft()
  const [asks, setAsks] = useState(false)
  const submit = async (): Promise<void> => {
    if (!name.check()) return
    const client = home.account(account.slot)
    if (await act(async () => client.command('account.set-name', { name: name.draft.name }))) onDone()
  }
  return (
    <StepFrame
      title={text('onboarding.rename.title')}
      intro={text('onboarding.rename.intro')}
      onSubmit={() => void submit()}
    >
      <NameField draft={name.draft} onChange={name.edit} onSubmit={() => void submit()} autoFocus />
      <div className={styles['actions']}>
        <Button type="submit" variant="primary" isWide isDisabled={!name.draft.isFresh}>
          {text('onboarding.rename.submit')}
        </Button>
        <Button variant="quiet" isWide onPress={() => setAsks(true)}>
          {text('onboarding.rename.remove')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('onboarding.rename.remove.title')}
        confirm={{
          label: text('onboarding.rename.remove.confirm'),
          tone: 'danger',
          onPress: async () => {
            if (await act(async () => removeAccount(account.slot, 'device'))) onRemoved()
          },
        }}
      >
        {text('onboarding.rename.remove.body')}
      </ConfirmDialog>
    </StepFrame>
  )
}
