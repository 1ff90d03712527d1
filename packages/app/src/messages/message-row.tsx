import { memo, type ReactNode, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Bubble } from './bubble.tsx'
import { ControlLineRow } from './control-line.tsx'
import { type Extra } from './extras.tsx'
import { isSaid, type RowLayout } from './layout-rows.ts'
import styles from './message-row.module.css'
import { MessageState } from './message-state.tsx'
import { MessageToolbar } from './message-toolbar.tsx'
import { useMessages } from './messages-context.ts'
import { usePointedAt } from './use-pointed-at.ts'
import { ReactionChips } from './reaction-chips.tsx'
import { SelectMark } from './select-mark.tsx'

interface MessageRowProps extends RowLayout {
  readonly extra: Extra | undefined
  readonly marks: readonly string[] | undefined
  /** Whether several are being selected, and this one among them. */
  readonly selection: 'off' | 'out' | 'in'
  readonly hasToolbar: boolean
}

/** Messages that came less than this ago rise into their place. */
const FRESH_MS = 1500

/** One message with what stands above and below it. Drawn again only when something of it has changed. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps): ReactNode {
  const { isFirst, isFirstUnread, isLast, message, selection, time } = props
  const { actions } = useMessages()
  const [isPointedAt, pointer] = usePointedAt()
  const [isFresh] = useState(() => Date.now() - message.receivedAt < FRESH_MS)
  const [isHeld, setHeld] = useState(false)
  const showsToolbar = (isPointedAt || isHeld) && props.hasToolbar && selection === 'off' && message.deleted === 'no'
  return (
    <li
      className={styles['row']}
      tabIndex={-1}
      data-message={message.id}
      data-own={message.outgoing || undefined}
      data-said={isSaid(message) || undefined}
      data-first={isFirst || undefined}
      data-last={isLast || undefined}
      data-selected={selection === 'in' || undefined}
      data-fresh={isFresh || undefined}
      data-selecting={selection !== 'off' || undefined}
      onClick={selection === 'off' ? undefined : () => actions.select(message)}
      {...pointer}
    >
      {time !== 'none' && <TimeAbove message={message} kind={time} />}
      {isFirstUnread && <UnreadLine />}
      <div className={styles['line']}>
        {selection !== 'off' && <SelectMark message={message} isSelected={selection === 'in'} />}
        {isSaid(message) ? (
          <Said {...props} toolbar={showsToolbar && <MessageToolbar message={message} onHold={setHeld} />} />
        ) : (
          <ControlLineRow message={message} />
        )}
      </div>
    </li>
  )
})

interface SaidProps extends MessageRowProps {
  readonly toolbar: ReactNode
}

function Said({ extra, isFirst, isLast, marks, message, showsState, toolbar }: SaidProps): ReactNode {
  const { deleted, expiry, pinned, reactions, state } = message
  const hasState = isLast || showsState || pinned || expiry !== undefined || state === 'failed' || state === 'queued'
  return (
    <div className={styles['said']} data-swipe>
      <div className={styles['beside']}>
        <Bubble message={message} isFirst={isFirst} isLast={isLast} extra={extra} marks={marks} />
        {toolbar}
      </div>
      {reactions.length > 0 && deleted === 'no' && <ReactionChips message={message} />}
      {hasState && <MessageState message={message} showsTime={isLast} showsState={showsState} />}
    </div>
  )
}

function TimeAbove({ kind, message }: { readonly kind: 'time' | 'day'; readonly message: MessageView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const { sentAt } = message
  const time = formats.time(sentAt)
  return (
    <p className={styles['time']} data-kind={kind}>
      <time dateTime={new Date(sentAt).toISOString()}>
        {kind === 'time' ? time : text('messages.day-and-time', { day: formats.day(sentAt), time })}
      </time>
    </p>
  )
}

function UnreadLine(): ReactNode {
  const text = useText()
  return (
    <p className={styles['unread']}>
      <span>{text('messages.unread')}</span>
    </p>
  )
}
