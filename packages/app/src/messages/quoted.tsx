import { type ReactNode } from 'react'
import { type AttachmentView, type QuoteView } from '@sotto/client'
import { attachmentWords, QuoteThumbnail } from '../attachments/index.ts'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './quoted.module.css'
import { plainText } from './text/plain-text.ts'

/** What a message replies to; pressing it goes there. Spec 50 §3.8. */
export function Quoted({ quote }: { readonly quote: QuoteView }): ReactNode {
  const { original } = quote
  if (original === undefined || original.deleted !== 'no') return <QuotedFrame quote={quote} attachments={[]} />
  return <QuotedOriginal quote={quote} message={original.id} />
}

function QuotedOriginal({ message, quote }: { readonly message: number; readonly quote: QuoteView }): ReactNode {
  const original = useQuery('messages.get', { message })
  return <QuotedFrame quote={quote} attachments={original?.attachments ?? []} />
}

interface QuotedFrameProps {
  readonly quote: QuoteView
  /** Of the original. */
  readonly attachments: readonly AttachmentView[]
}

function QuotedFrame({ attachments, quote }: QuotedFrameProps): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const words = useQuoteWords(quote, attachments)
  const name = quote.authorName ?? text('messages.you')
  const [first] = attachments
  return (
    <button
      type="button"
      className={styles['quoted']}
      aria-label={text('messages.quote.go', { name, body: words.text })}
      onClick={event => {
        event.stopPropagation()
        actions.goToQuoted(quote)
      }}
    >
      {first !== undefined && <QuoteThumbnail attachment={first} />}
      <span className={styles['words']}>
        <span className={styles['name']} dir="auto">
          {name}
        </span>
        <span className={styles['body']} dir="auto" data-plain={words.isOwn || undefined}>
          {words.text}
        </span>
      </span>
    </button>
  )
}

interface QuoteWords {
  readonly text: string
  /** Words of the app, not of the author. */
  readonly isOwn: boolean
}

function useQuoteWords({ original }: QuoteView, attachments: readonly AttachmentView[]): QuoteWords {
  const text = useText()
  if (original === undefined) return { text: text('messages.quote.missing'), isOwn: true }
  if (original.deleted !== 'no') return { text: text('messages.quote.deleted'), isOwn: true }
  if (original.body !== undefined && original.body !== '')
    return { text: plainText(original.body, [], text('messages.you')), isOwn: false }
  const kinds = attachmentWords(
    text,
    attachments.map(({ kind }) => kind),
  )
  return { text: kinds === '' ? text('messages.quote.other') : kinds, isOwn: true }
}
