import { Check, CheckCheck, CircleAlert, Clock, Pin } from 'lucide-react'
import { type ReactNode } from 'react'
import { type ExpiryView, type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon, LinkButton, TimerGlyph, VisuallyHidden } from '../ui/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './message-state.module.css'
import { useNow } from './use-now.ts'

interface MessageStateProps {
  readonly message: MessageView
  readonly showsTime: boolean
  readonly showsState: boolean
}

/** Below a message: when it was said, and what is true of it now. */
export function MessageState({ message, showsState, showsTime }: MessageStateProps): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const { expiry, pinned, sentAt, state } = message
  const isOpen = state === 'queued' || state === 'failed'
  return (
    <div className={styles['state']} data-failed={state === 'failed' || undefined}>
      {showsTime && (
        <time dateTime={new Date(sentAt).toISOString()} title={formats.full(sentAt)}>
          {formats.time(sentAt)}
        </time>
      )}
      {pinned && (
        <span className={styles['part']}>
          <Icon icon={Pin} size={16} />
          <VisuallyHidden>{text('messages.state.pinned')}</VisuallyHidden>
        </span>
      )}
      {expiry !== undefined && <Expiry expiry={expiry} />}
      {message.outgoing && (showsState || isOpen) && <OwnState message={message} />}
    </div>
  )
}

function OwnState({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const { readAt, state } = message
  switch (state) {
    case 'queued':
      return <Queued message={message} />
    case 'failed':
      return <Failed message={message} />
    case 'received':
      return null
    case 'sent':
      return readAt === undefined ? (
        <span className={styles['part']}>
          <Icon icon={Check} size={16} />
          {text('messages.state.sent')}
        </span>
      ) : (
        <span className={styles['part']} title={text('messages.state.read-at', { when: formats.full(readAt) })}>
          <Icon icon={CheckCheck} size={16} />
          {text('messages.state.read')}
        </span>
      )
  }
}

/** On its way; if that did not work, when it is tried again. */
function Queued({ message: { nextTryAt } }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const now = useNow(nextTryAt === undefined ? undefined : 1000)
  const isWaiting = nextTryAt !== undefined && nextTryAt > now
  return (
    <span className={styles['part']}>
      <Icon icon={Clock} size={16} />
      {isWaiting
        ? text('messages.state.retry', { when: formats.until(nextTryAt, now) })
        : text('messages.state.sending')}
    </span>
  )
}

function Failed({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const why = useFailure(message.failure)
  return (
    <>
      <span className={styles['part']}>
        <Icon icon={CircleAlert} size={16} />
        {text('messages.state.failed')}
      </span>
      {why !== undefined && <span>{why}</span>}
      <LinkButton onPress={() => actions.resend(message)}>{text('messages.resend')}</LinkButton>
      <LinkButton onPress={() => actions.cancel(message)}>{text('messages.cancel')}</LinkButton>
    </>
  )
}

/** Why a message was not sent, in words. */
export function useFailure(code: string | undefined): string | undefined {
  const text = useText()
  if (code === undefined) return undefined
  const key = `error.${code}`
  return text(text.has(key) ? key : 'messages.state.unforeseen')
}

/** How often the glyph can change: twelve steps, but not more than once in a second. */
const STEPS = 12

function Expiry({ expiry }: { readonly expiry: ExpiryView }): ReactNode {
  const text = useText()
  const { formats } = useMessages()
  const { expiresAt, mode, timerSeconds } = expiry
  const now = useNow(expiresAt === undefined ? undefined : Math.max(1000, (timerSeconds * 1000) / STEPS / 4))
  const left = expiresAt === undefined ? 1 : (expiresAt - now) / (timerSeconds * 1000)
  const words =
    expiresAt !== undefined
      ? text('messages.state.expires', { when: formats.until(expiresAt, now) })
      : mode === 'after-read'
        ? text('messages.state.expires-after-read')
        : text('messages.state.expires-after-send')
  return (
    <span className={styles['part']} title={words}>
      <TimerGlyph progress={left} label={words} />
    </span>
  )
}
