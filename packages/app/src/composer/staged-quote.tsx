import { Reply, X } from 'lucide-react'
import { type ReactNode } from 'react'
import { type MessageView } from '@sotto/client'
import { attachmentWords, QuoteThumbnail } from '../attachments/index.ts'
import { useText } from '../texts/index.ts'
import { Icon, IconButton } from '../ui/index.ts'
import styles from './composer.module.css'
import { quotedText } from './quoted-text.ts'

interface StagedQuoteProps {
  readonly quote: MessageView
  readonly onClose: () => void
}

/** What the next message replies to. */
export function StagedQuote({ quote, onClose }: StagedQuoteProps): ReactNode {
  const text = useText()
  const you = text('composer.you')
  const { attachments } = quote
  const [first] = attachments
  const kinds = attachments.map(({ kind }) => kind)
  const author = quote.outgoing ? you : (quote.senderName ?? '')
  return (
    <div className={styles['quote']} role="group" aria-label={text('composer.reply', { name: author })}>
      <Icon icon={Reply} size={16} mirrored />
      {first !== undefined && <QuoteThumbnail attachment={first} />}
      <div className={styles['quoted']}>
        <p className={styles['author']}>
          <bdi>{author}</bdi>
        </p>
        <p className={styles['words']} dir="auto">
          {quotedText(quote, you) || attachmentWords(text, kinds) || text('composer.reply.other')}
        </p>
      </div>
      <IconButton icon={X} label={text('composer.reply.close')} size="small" onPress={onClose} />
    </div>
  )
}
