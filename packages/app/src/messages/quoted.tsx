import { type ReactNode } from 'react'
import { type QuoteView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './quoted.module.css'

/** What a message replies to; pressing it goes there. Spec 50 §3.8. */
export function Quoted({ quote }: { readonly quote: QuoteView }): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const words = useQuoteWords(quote)
  const name = quote.authorName ?? text('messages.you')
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
      <span className={styles['name']} dir="auto">
        {name}
      </span>
      <span className={styles['body']} dir="auto" data-plain={words.isOwn || undefined}>
        {words.text}
      </span>
    </button>
  )
}

function useQuoteWords({ original }: QuoteView): { readonly text: string; readonly isOwn: boolean } {
  const text = useText()
  if (original === undefined) return { text: text('messages.quote.missing'), isOwn: true }
  if (original.deleted !== 'no') return { text: text('messages.quote.deleted'), isOwn: true }
  if (original.body === undefined || original.body === '') return { text: text('messages.quote.other'), isOwn: true }
  return { text: original.body, isOwn: false }
}
