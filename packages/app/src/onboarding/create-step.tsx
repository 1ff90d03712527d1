import { type ReactNode } from 'react'
import { type OpenedAccount } from '@sotto/client/web'
import { NameField, useNameDraft } from '../accounts/index.ts'
import { useErrorText } from '../core/index.ts'
import { StepFrame } from '../lock/index.ts'
import { useText } from '../texts/index.ts'
import { Button } from '../ui/index.ts'
import { chosenPassphrase, Protection, useProtection } from './protection.tsx'
import { protectionOf, useMaking } from './use-making.ts'
import styles from './onboarding.module.css'

interface CreateStepProps {
  readonly onBack: () => void
  readonly onMade: (account: OpenedAccount) => void
}

/** A name, perhaps a passphrase; then there is an account. Spec 50 §1.2. */
export function CreateStep({ onBack, onMade }: CreateStepProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const name = useNameDraft()
  const protection = useProtection()
  const { isPending, error, make } = useMaking()
  const submit = async (): Promise<void> => {
    const isGood = [name.check(), protection.check()].every(Boolean)
    if (!isGood || isPending) return
    const wanted = protectionOf(chosenPassphrase(protection.draft))
    const account = await make(async home => home.create(name.draft.name, wanted))
    if (account !== undefined) onMade(account)
  }
  return (
    <StepFrame
      title={text('onboarding.create.title')}
      intro={text('onboarding.create.intro')}
      onBack={onBack}
      onSubmit={() => void submit()}
    >
      <NameField draft={name.draft} onChange={name.edit} onSubmit={() => void submit()} autoFocus />
      <Protection draft={protection.draft} onChange={protection.setDraft} onSubmit={() => void submit()} />
      <div className={styles['actions']}>
        {error !== undefined && (
          <p className={styles['error']} role="alert">
            {errorText(error)}
          </p>
        )}
        <Button type="submit" variant="primary" isWide isPending={isPending} isDisabled={!name.draft.isFresh}>
          {text('onboarding.create.submit')}
        </Button>
      </div>
    </StepFrame>
  )
}
