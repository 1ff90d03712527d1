import { type ReactNode } from 'react'
import { codeOf, useErrorText } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Mark } from '../ui/index.ts'
import styles from './starting.module.css'

interface FailedProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** The worker can't do its work here. Never an unencrypted way around it. */
export function Failed({ error, onRetry }: FailedProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const isStorage = codeOf(error) === 'accounts.storage-failed'
  return (
    <main className={styles['starting']}>
      <Mark size={48} />
      <h1>{text('app.failed.title')}</h1>
      <p role="alert">{isStorage ? text('app.no-storage') : errorText(error)}</p>
      <Button variant="primary" onPress={onRetry}>
        {text('app.failed.retry')}
      </Button>
    </main>
  )
}
