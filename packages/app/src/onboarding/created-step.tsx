import { type ReactNode } from 'react'
import { type OpenedAccount } from '@sotto/client/web'
import { useHome, useHomeQuery } from '../core/index.ts'
import { PhraseReveal } from '../recovery/index.ts'
import { StepFrame } from '../lock/index.ts'
import { useText } from '../texts/index.ts'
import { Button, CopyField } from '../ui/index.ts'
import styles from './onboarding.module.css'

interface CreatedStepProps {
  readonly account: OpenedAccount
  readonly onDone: () => void
}

/** The account is there: how people find it, and how it is not lost. */
export function CreatedStep({ account, onDone }: CreatedStepProps): ReactNode {
  const text = useText()
  const client = useHome().account(account.slot)
  const status = useHomeQuery('home.status')
  const isAway = status !== undefined && (status.gateway === 'waiting' || !status.online)
  return (
    <StepFrame title={text('onboarding.created.title')} intro={text('onboarding.created.intro')} onSubmit={onDone}>
      <CopyField value={account.accountId} label={text('onboarding.created.id')} mono lines={3} />
      <section className={styles['card']}>
        <h2 className={styles['cardTitle']}>{text('onboarding.created.phrase.title')}</h2>
        <p className={styles['note']}>{text('onboarding.created.phrase.body')}</p>
        <PhraseReveal showLabel={text('onboarding.created.phrase.show')} client={client} />
        <p className={styles['note']}>{text('onboarding.created.phrase.later')}</p>
      </section>
      <div className={styles['actions']}>
        <Button type="submit" variant="primary" isWide>
          {text('onboarding.created.done')}
        </Button>
        {/* Below, so that nothing moves under a finger. */}
        {isAway && (
          <p className={styles['note']} role="status">
            {text('onboarding.created.offline')}
          </p>
        )}
      </div>
    </StepFrame>
  )
}
