import { SearchX } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { type FoundConversation, type FoundMessage } from '@sotto/client'
import { shortTime } from '../conversations/short-time.ts'
import { useNow } from '../conversations/use-now.ts'
import { useAccount, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, EmptyState, VisuallyHidden } from '../ui/index.ts'
import styles from './search-results.module.css'

/** Most results that are shown; who wants more types more. Spec 50 §0. */
const most = 200
const perLetter = 50

/** What was found in all conversations: those that are called so, then messages, newest first. Spec 50 §2.12. */
export function SearchResults({ text: typed }: { readonly text: string }): ReactNode {
  const text = useText()
  const selfNames = text('search.self-names').split('|')
  const conversations = useQuery('search.conversations', { text: typed, selfNames })
  const messages = useQuery('search.messages', { text: typed, limit: Math.min(perLetter * typed.length, most) })
  if (conversations === undefined || messages === undefined)
    return <div className={styles['results']} aria-busy="true" />
  const shown = conversations.filter(({ blocked }) => !blocked)
  const count = shown.length + messages.length
  return (
    <div className={styles['results']}>
      <VisuallyHidden>
        <p role="status">{text('search.count', { count })}</p>
      </VisuallyHidden>
      {count === 0 && (
        <EmptyState icon={<SearchX />} title={text('search.nothing', { text: typed.slice(0, 100) })}>
          {text('search.nothing.body')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <div role="group" aria-label={text('search.conversations')}>
          <h2>{text('search.conversations')}</h2>
          <ul>
            {shown.map(found => (
              <ConversationHit key={found.id} found={found} />
            ))}
          </ul>
        </div>
      )}
      {messages.length > 0 && (
        <div role="group" aria-label={text('search.messages')}>
          <h2>{text('search.messages')}</h2>
          <ul>
            {messages.map(found => (
              <MessageHit key={found.message} found={found} />
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function ConversationHit({ found: { id, kind, name } }: { readonly found: FoundConversation }): ReactNode {
  const text = useText()
  const { accountId, client } = useAccount()
  const { openConversation } = useNavigation()
  const isSelf = kind === 'self' || id === accountId
  const shown = isSelf ? text('conversations.self') : (name ?? id)
  const open = async (): Promise<void> => {
    await client.command('conversations.open', { conversation: id }).catch(() => undefined)
    openConversation(id)
  }
  return (
    <li>
      <button type="button" className={styles['hit']} onClick={() => void open()}>
        <Avatar id={id} name={shown} size={44} kind={isSelf ? 'self' : 'person'} />
        <bdi className={styles['name']}>{shown}</bdi>
      </button>
    </li>
  )
}

const MessageHit = memo(function MessageHit({ found }: { readonly found: FoundMessage }): ReactNode {
  const text = useText()
  const now = useNow()
  const { openConversation } = useNavigation()
  const { conversation, message, outgoing, sentAt, snippet } = found
  const view = useQuery('conversations.get', { conversation })
  const name = view?.kind === 'self' ? text('conversations.self') : (view?.name ?? '')
  return (
    <li>
      <button type="button" className={styles['hit']} onClick={() => openConversation(conversation, message)}>
        <Avatar id={conversation} name={name} size={44} kind={view?.kind === 'self' ? 'self' : 'person'} />
        <span className={styles['words']}>
          <span className={styles['top']}>
            <bdi className={styles['name']}>{name}</bdi>
            <time dateTime={new Date(sentAt).toISOString()}>{shortTime(sentAt, now, text.language)}</time>
          </span>
          <span className={styles['snippet']} dir="auto">
            {outgoing && text('search.you')}
            <bdi>{snippet.map((part, at) => (part.isMatch ? <mark key={at}>{part.text}</mark> : part.text))}</bdi>
          </span>
        </span>
      </button>
    </li>
  )
})
