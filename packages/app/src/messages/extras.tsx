import { Paperclip } from 'lucide-react'
import { type ReactNode } from 'react'
import { type PreviewView, type UnsupportedWord } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import styles from './extras.module.css'
import { useMessages } from './messages-context.ts'

/** What a message holds beside its text. */
export interface Extra {
  readonly words: readonly UnsupportedWord[]
  readonly preview: PreviewView | undefined
}

/** Says in words what cannot be shown yet: nothing of a message is silently left out. */
export function Unsupported({ words }: { readonly words: readonly UnsupportedWord[] }): ReactNode {
  const text = useText()
  return [...new Set(words)].map(word => (
    <p key={word} className={styles['unsupported']}>
      <Icon icon={Paperclip} size={16} />
      <span>{text(`messages.unsupported.${word}`, { count: words.filter(each => each === word).length })}</span>
    </p>
  ))
}

/** What the sender says of a link: their words and nothing fetched. */
export function Preview({ preview }: { readonly preview: PreviewView }): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const { title, url } = preview
  return (
    <button
      type="button"
      className={styles['preview']}
      onClick={event => {
        event.stopPropagation()
        actions.openLink({ text: url, url })
      }}
    >
      <span className={styles['site']} dir="ltr">
        {URL.parse(url)?.host ?? url}
      </span>
      {title !== undefined && (
        <span className={styles['title']} dir="auto">
          {title}
        </span>
      )}
      <span className={styles['note']}>{text('messages.preview')}</span>
    </button>
  )
}
