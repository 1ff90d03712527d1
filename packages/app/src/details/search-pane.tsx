import { ChevronDown, ChevronUp } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type FoundMessage } from '@sotto/client'
import { useAccount, useQuery } from '../core/index.ts'
import { conversationLink, createFormats } from '../messages/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton, SearchField, useAnnounce } from '../ui/index.ts'
import { DetailsFrame } from './details-frame.tsx'
import styles from './details.module.css'
import { FoundRow } from './found-row.tsx'
import { marksOf } from './marks-of.ts'
import { useGoTo } from './use-go-to.ts'
import { useSettled } from './use-settled.ts'

const MAX_FOUND = 200
const SETTLE_MS = 120
const none: readonly FoundMessage[] = []

/** Looks for words in one conversation, goes from one hit to the other, and marks them in the messages. */
export function SearchPane({ conversation }: { readonly conversation: string }): ReactNode {
  const text = useText()
  const goTo = useGoTo(conversation)
  const [typed, setTyped] = useState('')
  const wanted = useSettled(typed.trim(), SETTLE_MS)
  const found = useFound(conversation, wanted)
  const [current, setCurrent] = useState(0)
  const at = Math.min(current, found.length - 1)
  const show = (next: number): void => {
    const hit = found[next]
    if (hit === undefined) return
    setCurrent(next)
    goTo(hit.message)
  }
  const search = (value: string): void => {
    setTyped(value)
    setCurrent(0)
  }
  const top = (
    <div className={styles['search']}>
      <SearchField
        label={text('details.search.field')}
        value={typed}
        onChange={search}
        onSubmit={() => show(at)}
        autoFocus
      />
      {found.length > 0 && (
        <div className={styles['steps']}>
          <span className={styles['count']}>{text('details.search.count', { at: at + 1, count: found.length })}</span>
          <IconButton
            icon={ChevronUp}
            label={text('details.search.previous')}
            isDisabled={at >= found.length - 1}
            onPress={() => show(at + 1)}
          />
          <IconButton
            icon={ChevronDown}
            label={text('details.search.next')}
            isDisabled={at <= 0}
            onPress={() => show(at - 1)}
          />
        </div>
      )}
    </div>
  )
  return (
    <DetailsFrame title={text('details.search')} top={top}>
      <Hits found={found} wanted={wanted} current={at} onShow={show} />
    </DetailsFrame>
  )
}

/** What was found, newest first; it is marked in the conversation as long as the pane is open. */
function useFound(conversation: string, wanted: string): readonly FoundMessage[] {
  const text = useText()
  const announce = useAnnounce()
  const answer = useQuery('search.messages', { text: wanted, conversation, limit: MAX_FOUND })
  const found = wanted === '' ? none : answer
  useEffect(() => {
    if (found === undefined) return
    conversationLink.mark(conversation, marksOf(found))
    return () => conversationLink.mark(conversation, new Map())
  }, [conversation, found])
  const count = found?.length
  useEffect(() => {
    if (wanted !== '' && count !== undefined) announce(text('details.search.found', { count }))
  }, [announce, count, text, wanted])
  return found ?? none
}

interface HitsProps {
  readonly found: readonly FoundMessage[]
  readonly wanted: string
  readonly current: number
  readonly onShow: (at: number) => void
}

function Hits({ current, found, onShow, wanted }: HitsProps): ReactNode {
  const text = useText()
  const { accountId } = useAccount()
  const formats = useMemo(() => createFormats(text.language, Date.now), [text.language])
  const names = useNames(found)
  if (wanted === '') return <p className={styles['none']}>{text('details.search.hint')}</p>
  if (found.length === 0) return <p className={styles['none']}>{text('details.search.none')}</p>
  return (
    <>
      <ol className={styles['found']}>
        {found.map(({ message, sender, sentAt, snippet }, at) => (
          <li key={message}>
            <FoundRow
              name={sender === accountId ? text('details.you') : names(sender)}
              when={formats.full(sentAt)}
              parts={snippet}
              isCurrent={at === current}
              onPress={() => onShow(at)}
            />
          </li>
        ))}
      </ol>
      {found.length === MAX_FOUND && (
        <p className={styles['none']}>{text('details.search.more', { count: MAX_FOUND })}</p>
      )}
    </>
  )
}

/** In a conversation of two there is one other name. */
function useNames(found: readonly FoundMessage[]): (sender: string) => string {
  const { accountId } = useAccount()
  const other = found.find(({ sender }) => sender !== accountId)?.sender ?? accountId
  const contact = useQuery('contacts.get', { contact: other })
  return sender => (sender === contact?.id ? contact.shownName : sender.slice(0, 8))
}
