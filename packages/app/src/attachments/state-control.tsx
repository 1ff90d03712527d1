import { CircleAlert, CloudOff, Download, RotateCw, X } from 'lucide-react'
import { type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { type AttachmentView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import { type Offer } from './offer.ts'
import { ProgressRing } from './progress-ring.tsx'
import styles from './state-control.module.css'
import { type StateWords } from './use-state-words.ts'

interface StateControlProps {
  readonly attachment: AttachmentView
  readonly offer: Offer
  readonly words: StateWords
}

/** The round button of an attachment that is not here: fetches it, stops that, or tries again. */
export function StateControl({ attachment, offer, words }: StateControlProps): ReactNode {
  const text = useText()
  const { actions } = useAttachments()
  const { kind, name } = attachment
  if (offer.canCancel) {
    return (
      <span className={styles['busy']}>
        <Button
          className={styles['control'] ?? ''}
          aria-label={text('attachments.cancel', { name })}
          onPress={() => actions.cancel(attachment)}
        >
          <Icon icon={X} size={16} />
        </Button>
        <ProgressRing label={name} share={words.share} words={words.size} />
      </span>
    )
  }
  const act = (): void => {
    if (offer.act === 'ask') actions.ask(attachment)
    else if (offer.act === 'retry') actions.retry(attachment)
    else actions.download(attachment)
  }
  const isAgain = offer.sign === 'failed' || offer.sign === 'gone'
  return (
    <Button
      className={styles['control'] ?? ''}
      data-sign={offer.sign}
      aria-label={isAgain ? text('attachments.retry', { name }) : text(`attachments.download.${kind}`, { name })}
      onPress={act}
    >
      <Icon icon={isAgain ? RotateCw : Download} size={20} />
    </Button>
  )
}

/** The sign of what went wrong, beside its words. */
export function FailureSign({ sign }: Pick<Offer, 'sign'>): ReactNode {
  if (sign !== 'failed' && sign !== 'gone') return null
  return <Icon icon={sign === 'gone' ? CloudOff : CircleAlert} size={16} />
}
