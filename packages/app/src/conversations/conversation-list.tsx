import { Plus } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useDeferredValue, useRef, useState } from 'react'
import { type ConversationRow as Row } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { RecoveryBanner } from '../recovery/index.ts'
import { SearchResults } from '../search/index.ts'
import { ConnectionBanner, ForeignNetwork, LittleStorage } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Button, EmptyState, IconButton, PaneHeader, SearchField } from '../ui/index.ts'
import { ConversationRow } from './conversation-row.tsx'
import { RequestsRow } from './requests-row.tsx'
import { moveFocus } from './move-focus.ts'
import { useNow } from './use-now.ts'
import styles from './conversation-list.module.css'

/** The left pane: search, what waits for a decision, and every conversation. Spec 50 §2.3, §2.12. */
export function ConversationList(): ReactNode {
  const text = useText()
  const { showLeft } = useNavigation()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim()
  const looked = useDeferredValue(wanted)
  // What was found may come a little later; the way back from it may not: a press would meet what goes just then.
  const isSearching = wanted !== '' && looked !== ''
  return (
    <section className={styles['pane']} aria-label={text('conversations.title')}>
      <PaneHeader
        title={text('conversations.title')}
        actions={<IconButton icon={Plus} label={text('conversations.new')} onPress={() => showLeft('start')} />}
      />
      <div className={styles['search']}>
        <SearchField
          label={text('conversations.search')}
          placeholder={text('conversations.search')}
          value={typed}
          onChange={setTyped}
        />
      </div>
      <Banners />
      {isSearching ? <SearchResults text={looked} /> : <Rows />}
    </section>
  )
}

/** What one should know before anything else. An open conversation says itself how it stands with the connection. */
function Banners(): ReactNode {
  const { place } = useNavigation()
  return (
    <div className={styles['banners']}>
      <ForeignNetwork />
      <LittleStorage />
      {place.conversation === undefined && <ConnectionBanner />}
      <RecoveryBanner />
    </div>
  )
}

function Rows(): ReactNode {
  const rows = useQuery('conversations.list')
  const text = useText()
  const { showLeft } = useNavigation()
  if (rows === undefined) return <div className={styles['rows']} aria-busy="true" />
  return (
    <>
      <RequestsRow />
      {rows.length === 0 ? (
        <EmptyState
          title={text('conversations.empty.title')}
          action={
            <Button variant="primary" onPress={() => showLeft('start')}>
              {text('conversations.new')}
            </Button>
          }
        >
          {text('conversations.empty.body')}
        </EmptyState>
      ) : (
        <List rows={rows} />
      )}
    </>
  )
}

function List({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const { openConversation, place } = useNavigation()
  const writers = useQuery('typing.list') ?? []
  const now = useNow()
  const text = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 4 * rem,
    getItemKey: at => rows[at]?.id ?? at,
    overscan: 8,
  })
  return (
    <div ref={scroller} className={styles['rows']}>
      <ul
        className={styles['list']}
        style={{ blockSize: virtual.getTotalSize() }}
        aria-label={text('conversations.title')}
        onKeyDown={moveFocus}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return (
            row !== undefined && (
              <li
                key={key}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
              >
                <ConversationRow
                  row={row}
                  isOpen={place.conversation === row.id}
                  isTyping={writers.some(writer => writer === row.id)}
                  now={now}
                  onOpen={openConversation}
                />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
