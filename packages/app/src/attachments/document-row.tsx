import { Download } from 'lucide-react'
import { type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { type AttachmentView } from '@sotto/client'
import { formatBytes } from '../storage/format-bytes.ts'
import { useText } from '../texts/index.ts'
import { Icon, VisuallyHidden } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import { documentIcon } from './document-icon.ts'
import styles from './document-row.module.css'
import { mayBeHere, type Offer, offerOf } from './offer.ts'
import { FailureSign, StateControl } from './state-control.tsx'
import { unlessMenu } from './unless-menu.ts'
import { type StateWords, useStateWords } from './use-state-words.ts'

interface DocumentRowProps {
  readonly attachment: AttachmentView
  /** Whether its message is the user's own. */
  readonly outgoing: boolean
  /** After the size, as the date in a list. */
  readonly note?: string
}

/** A file by its name; pressing it saves it. Nothing of it is ever opened here. */
export function DocumentRow({ attachment, note, outgoing }: DocumentRowProps): ReactNode {
  const text = useText()
  const { actions } = useAttachments()
  const offer = offerOf(attachment.state, outgoing)
  const { sizeBytes } = attachment
  if (offer !== undefined) return <AbsentDocument attachment={attachment} offer={offer} outgoing={outgoing} />
  const size = sizeBytes === undefined ? undefined : formatBytes(text.language, sizeBytes)
  return (
    <Button className={styles['row'] ?? ''} onPress={unlessMenu(() => actions.save([attachment]))}>
      <VisuallyHidden>{text('attachments.save')} </VisuallyHidden>
      <span className={styles['sign']}>
        <Icon icon={documentIcon(attachment)} />
      </span>
      <span className={styles['words']}>
        <Name attachment={attachment} />
        <span className={styles['facts']}>
          {size !== undefined && <span>{size}</span>}
          {note !== undefined && <span>{note}</span>}
        </span>
      </span>
      <span className={styles['save']}>
        <Icon icon={Download} size={16} />
      </span>
    </Button>
  )
}

function Name({ attachment }: { readonly attachment: AttachmentView }): ReactNode {
  const text = useText()
  const { kind, name } = attachment
  if (kind === 'voice') return <span className={styles['name']}>{text('attachments.kind.voice')}</span>
  return (
    <span className={styles['name']} title={name} dir="auto">
      {name}
    </span>
  )
}

interface AbsentDocumentProps extends DocumentRowProps {
  readonly offer: Offer
}

function AbsentDocument({ attachment, offer, outgoing }: AbsentDocumentProps): ReactNode {
  const text = useText()
  const { actions } = useAttachments()
  const words = useStateWords(attachment, offer)
  return (
    <div className={styles['row']}>
      <StateControl attachment={attachment} offer={offer} words={words} />
      <span className={styles['words']}>
        <Name attachment={attachment} />
        <StateFacts offer={offer} words={words} />
      </span>
      {mayBeHere(attachment.state, outgoing) && (
        <Button
          className={styles['save'] ?? ''}
          aria-label={text('attachments.save.name', { name: attachment.name })}
          onPress={() => actions.save([attachment])}
        >
          <Icon icon={Download} size={16} />
        </Button>
      )}
    </div>
  )
}

interface SoundStateProps {
  readonly attachment: AttachmentView
  readonly offer: Offer
}

/** Below a sound of one's own that can be played and is still on its way. */
export function SoundState({ attachment, offer }: SoundStateProps): ReactNode {
  const words = useStateWords(attachment, offer)
  return (
    <div className={styles['row']}>
      <StateControl attachment={attachment} offer={offer} words={words} />
      <StateFacts offer={offer} words={words} />
    </div>
  )
}

interface StateFactsProps {
  readonly offer: Offer
  readonly words: StateWords
}

function StateFacts({ offer, words: { heard, share, size, state, why } }: StateFactsProps): ReactNode {
  return (
    <span className={styles['facts']} role="status">
      {size !== undefined && <span aria-hidden={share !== undefined}>{size}</span>}
      <span className={styles['state']}>
        <FailureSign sign={offer.sign} />
        {state}
      </span>
      {heard !== undefined && <VisuallyHidden>{heard}</VisuallyHidden>}
      {why !== undefined && <span className={styles['why']}>{why}</span>}
    </span>
  )
}
