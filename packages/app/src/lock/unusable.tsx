import { type ReactNode } from 'react'
import { type AccountSlot } from '@sotto/client'
import { useErrorText } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { RemoveAccount } from './remove-account.tsx'
import { StepFrame } from './step-frame.tsx'
import styles from './lock.module.css'

interface UnusableProps {
  readonly slot: AccountSlot
  /** The error that was met, where one was. */
  readonly reason: unknown
  readonly children: ReactNode
}

/** An account that nothing on this device can open again. It is never changed or removed unasked. */
export function Unusable({ slot, reason, children }: UnusableProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  return (
    <StepFrame title={text('lock.damaged.title')} intro={text('lock.damaged.body')}>
      {reason !== undefined && <p role="alert">{errorText(reason)}</p>}
      <p className={styles['note']}>{text('lock.damaged.hint')}</p>
      <div className={styles['actions']}>
        <RemoveAccount slot={slot} />
      </div>
      {children}
    </StepFrame>
  )
}
