import { Trash2 } from 'lucide-react'
import { type ReactNode } from 'react'
import { type MessageView } from '@sotto/client'
import { MessageAttachments } from '../attachments/index.ts'
import { useText } from '../texts/index.ts'
import { classes, Icon, VisuallyHidden } from '../ui/index.ts'
import styles from './bubble.module.css'
import { type Extra, Preview, Unsupported } from './extras.tsx'
import { LongText } from './long-text.tsx'
import { MessageText } from './message-text.tsx'
import { useMessages } from './messages-context.ts'
import { Quoted } from './quoted.tsx'
import { emojiCount } from './text/emoji-only.ts'

interface BubbleProps {
  readonly message: MessageView
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly extra: Extra | undefined
  readonly marks: readonly string[] | undefined
}

/** What somebody said: what it replies to, what they say of a link, their words, and their files. Spec 50 §3.4. */
export function Bubble({ message, isFirst, isLast, extra, marks }: BubbleProps): ReactNode {
  const { attachments, body, deleted, outgoing, quote } = message
  const hasText = body !== undefined && body !== ''
  const hasFiles = attachments.length > 0
  const isPlain = quote === undefined && extra === undefined && !hasFiles
  const isBare = deleted === 'no' && hasText && isPlain && emojiCount(body) > 0
  return (
    <div
      className={classes(styles['bubble'], outgoing ? styles['own'] : styles['other'], isBare && styles['bare'])}
      data-first={isFirst || undefined}
      data-last={isLast || undefined}
      data-gone={deleted !== 'no' || undefined}
    >
      <Speaker message={message} />
      {deleted === 'no' ? (
        <>
          {quote !== undefined && <Quoted quote={quote} />}
          {extra?.preview !== undefined && <Preview preview={extra.preview} />}
          {hasText && (
            <LongText body={body}>
              <MessageText message={message} marks={marks} />
            </LongText>
          )}
          {hasFiles && (
            <MessageAttachments message={message} isAlone={!hasText && quote === undefined && !extra?.preview} />
          )}
          {extra !== undefined && <Unsupported words={extra.words} />}
          {!hasText && !hasFiles && extra === undefined && <Unsupported words={['unknown']} />}
        </>
      ) : (
        <Gone deleted={deleted} />
      )}
    </div>
  )
}

/** Whose it is stands on which side; this says it to those who don't see. */
function Speaker({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { name } = useMessages()
  return (
    <VisuallyHidden>
      {message.outgoing ? text('messages.you-said') : text('messages.they-said', { name })}{' '}
    </VisuallyHidden>
  )
}

function Gone({ deleted }: { readonly deleted: 'here' | 'everywhere' }): ReactNode {
  const text = useText()
  return (
    <p className={styles['gone']}>
      <Icon icon={Trash2} size={16} />
      {text(deleted === 'here' ? 'messages.deleted.here' : 'messages.deleted')}
    </p>
  )
}
