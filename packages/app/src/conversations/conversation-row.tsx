import { AtSign, BellOff, Check, CheckCheck, CircleAlert, Clock, Mic, Pin } from 'lucide-react'
import { type KeyboardEvent, memo, type MouseEvent, type ReactNode } from 'react'
import { type ConversationRow as Row } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, Badge, ContextMenu, Dot } from '../ui/index.ts'
import { isMuted } from './is-muted.ts'
import { draftText, previewText } from './preview-text.ts'
import { shortTime } from './short-time.ts'
import { useRowMenu } from './use-row-menu.tsx'
import styles from './conversation-row.module.css'

interface ConversationRowProps {
  readonly row: Row
  readonly isOpen: boolean
  readonly isTyping: boolean
  /** Unix ms: what "today" is. */
  readonly now: number
  readonly onOpen: (id: string) => void
}

/** One conversation of the list. It opens when the button of the mouse goes down, as lists do. Spec 50 §2.3. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps): ReactNode {
  const { row, isOpen, isTyping, now, onOpen } = props
  const { accountId } = useAccount()
  const text = useText()
  const { items, dialogs } = useRowMenu(row, now)
  const { id, kind, lastActivityAt, unreadCount, forcedUnread } = row
  const isUnread = unreadCount > 0 || forcedUnread
  const name = row.name ?? text('conversations.self')
  const open = ({ button, ctrlKey }: MouseEvent): void => {
    if (button === 0 && !ctrlKey) onOpen(id)
  }
  const openByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onOpen(id)
  }
  return (
    <ContextMenu items={items}>
      <button
        type="button"
        className={styles['row']}
        data-open={isOpen}
        data-unread={isUnread}
        data-conversation={id}
        aria-current={isOpen ? 'page' : undefined}
        onMouseDown={open}
        onKeyDown={openByKey}
      >
        <Avatar
          id={kind === 'self' ? accountId : id}
          name={name}
          size={44}
          kind={kind === 'self' ? 'self' : 'person'}
        />
        <span className={styles['top']}>
          <bdi className={styles['name']}>{name}</bdi>
          {row.pinned && <Pin className={styles['sign']} aria-label={text('conversations.pinned')} />}
          {isMuted(row, now) && <BellOff className={styles['sign']} aria-label={text('conversations.muted')} />}
          {lastActivityAt !== undefined && (
            <time className={styles['time']} dateTime={new Date(lastActivityAt).toISOString()}>
              {shortTime(lastActivityAt, now, text.language)}
            </time>
          )}
        </span>
        <span className={styles['bottom']}>
          <Line row={row} isTyping={isTyping} />
          <Marks row={row} />
        </span>
      </button>
      {dialogs}
    </ContextMenu>
  )
})

function Line({ row, isTyping }: Pick<ConversationRowProps, 'row' | 'isTyping'>): ReactNode {
  const text = useText()
  const { hasVoiceDraft, preview } = row
  const draft = row.draft === undefined ? '' : draftText(row.draft, row)
  const spoken = text('attachments.kind.voice')
  if (isTyping) return <span className={styles['typing']}>{text('conversations.typing')}</span>
  if (draft !== '' || hasVoiceDraft) {
    return (
      <>
        <span className={styles['draft']}>{text('conversations.draft')}</span>
        {hasVoiceDraft && <Mic className={styles['state']} {...(draft === '' ? {} : { 'aria-label': spoken })} />}
        <span className={styles['line']} dir={draft === '' ? undefined : 'auto'}>
          {draft === '' ? spoken : draft}
        </span>
      </>
    )
  }
  if (preview === undefined) return <span className={styles['line']} />
  return (
    <>
      <State preview={preview} />
      <span className={styles['line']} dir="auto">
        {previewText(text, preview)}
      </span>
    </>
  )
}

const states = {
  queued: { Icon: Clock, key: 'conversations.state.queued' },
  sent: { Icon: Check, key: 'conversations.state.sent' },
  read: { Icon: CheckCheck, key: 'conversations.state.read' },
  failed: { Icon: CircleAlert, key: 'conversations.state.failed' },
} as const

function State({ preview }: { readonly preview: NonNullable<Row['preview']> }): ReactNode {
  const text = useText()
  const { kind, outgoing, readAt, state } = preview
  if (!outgoing || kind !== 'text' || state === 'received') return null
  const { Icon, key } = states[state === 'sent' && readAt !== undefined ? 'read' : state]
  return <Icon className={styles['state']} data-state={state} aria-label={text(key)} />
}

function Marks({ row: { forcedUnread, mentionCount, unreadCount } }: Pick<ConversationRowProps, 'row'>): ReactNode {
  const text = useText()
  return (
    <span className={styles['marks']}>
      {mentionCount > 0 && <AtSign className={styles['sign']} aria-label={text('conversations.mention')} />}
      {unreadCount > 0 ? (
        <Badge count={unreadCount} max={999} label={text('conversations.unread', { count: unreadCount })} />
      ) : (
        forcedUnread && <Dot label={text('conversations.marked-unread')} />
      )}
    </span>
  )
}
