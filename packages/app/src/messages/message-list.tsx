import { ArrowDown } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useMemo } from 'react'
import { type ConversationView, type MessageView } from '@sotto/client'
import { useLayout } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Icon, Spinner } from '../ui/index.ts'
import { layoutRows } from './layout-rows.ts'
import { type ListMoves, type ListWishes } from './list-moves.ts'
import styles from './message-list.module.css'
import { canReply } from './message-rights.ts'
import { MessageRow } from './message-row.tsx'
import { type MessageWindow, type WindowState } from './message-window.ts'
import { useMessages } from './messages-context.ts'
import { TypingBubble } from './typing-bubble.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useExtras } from './use-extras.ts'
import { useLatest } from './use-latest.ts'
import { useListScroll } from './use-list-scroll.ts'
import { useReading } from './use-reading.ts'
import { useRowGestures } from './use-row-gestures.ts'
import { useRowKeys } from './use-row-keys.ts'

interface MessageListProps {
  readonly conversation: ConversationView
  readonly window: MessageWindow
  readonly state: WindowState
  readonly wishes: ListWishes
  /** `undefined` while none are selected. */
  readonly selection: ReadonlySet<number> | undefined
  /** Out of sight while one can still change one's mind about deleting them. */
  readonly hidden: ReadonlySet<number>
  readonly isTyping: boolean
  readonly movesRef: RefObject<ListMoves | undefined>
  /** What is shown where there is nothing. */
  readonly children: ReactNode
}

/** The messages of a conversation, however many there are: what is near is there, what is far comes when one goes there. */
export function MessageList(props: MessageListProps): ReactNode {
  const { conversation, hidden, isTyping, movesRef, selection, state, window, wishes } = props
  const text = useText()
  const layout = useLayout()
  const { actions, name } = useMessages()
  const messages = useShown(state.messages, hidden)
  const latest = useLatest(messages)
  const extras = useExtras(messages)
  const scroll = useListScroll(window, state, wishes.focus)
  const lookSoon = useReading(conversation, messages, scroll.newestSeen)
  useArrivals(state)
  useEffect(() => {
    movesRef.current = scroll.moves
  }, [movesRef, scroll.moves])
  const mayReply = (message: MessageView): boolean => canReply(message, conversation)
  const gestures = useRowGestures({
    messages: latest,
    actions,
    canReply: mayReply,
    isSelecting: selection !== undefined,
  })
  const { toEnd, toStart } = scroll
  const onKeyDown = useRowKeys({ messages: latest, keeper: scroll.keeper, actions, canReply: mayReply, toStart, toEnd })
  const rows = useMemo(() => layoutRows(messages, { ...state, firstUnread: state.unread?.message }), [messages, state])
  return (
    <div className={styles['place']}>
      {/* A list that scrolls takes the focus, so that keys can scroll it. */}
      <div
        ref={scroll.scroller}
        className={styles['scroller']}
        data-scroller
        tabIndex={0}
        role="group"
        aria-label={text('messages.list', { kind: conversation.kind, name })}
        aria-busy={!state.isReady}
        onScroll={() => {
          scroll.onScroll()
          lookSoon()
        }}
        onKeyDown={onKeyDown}
        {...gestures}
      >
        {state.isReady && messages.length === 0 && props.children}
        <ol ref={scroll.content} className={styles['rows']}>
          {rows.map(row => (
            <MessageRow
              key={row.message.id}
              {...row}
              extra={extras.get(row.message.id)}
              marks={wishes.marks?.get(row.message.id)}
              selection={selection === undefined ? 'off' : selection.has(row.message.id) ? 'in' : 'out'}
              hasToolbar={layout !== 'narrow'}
            />
          ))}
        </ol>
        {isTyping && <TypingBubble />}
      </div>
      {!state.isReady && (
        <div className={styles['loading']}>
          <Spinner label={text('conversation.loading')} />
        </div>
      )}
      {scroll.isAway && <ToNewest count={conversation.unreadCount} onPress={toEnd} />}
    </div>
  )
}

/** The same list as before as long as nothing is hidden. */
function useShown(messages: readonly MessageView[], hidden: ReadonlySet<number>): readonly MessageView[] {
  return useMemo(
    () => (hidden.size === 0 ? messages : messages.filter(({ id }) => !hidden.has(id))),
    [messages, hidden],
  )
}

function ToNewest({ count, onPress }: { readonly count: number; readonly onPress: () => void }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  return (
    <button
      type="button"
      className={styles['newest']}
      aria-label={text('messages.to-newest', { count })}
      onClick={onPress}
    >
      {count > 0 && <span>{formats.number(Math.min(count, 999))}</span>}
      <Icon icon={ArrowDown} />
    </button>
  )
}
