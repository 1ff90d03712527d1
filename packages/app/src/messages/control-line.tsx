import { type ReactNode } from 'react'
import { type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { LinkButton } from '../ui/index.ts'
import { controlLine, controlWords } from './control-words.ts'
import styles from './control-line.module.css'
import { MessageState } from './message-state.tsx'
import { useMessages } from './messages-context.ts'

/** Something that happened, in the middle. Spec 50 §3.5. */
export function ControlLineRow({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { actions, conversation, formats, name } = useMessages()
  const { args, key } = controlWords(message, name, formats.duration)
  const line = controlLine(message)
  const { expiry } = conversation
  const differs =
    line.kind === 'expiry' &&
    (line.mode !== expiry.mode || (line.mode !== 'off' && line.timerSeconds !== expiry.timerSeconds))
  const canFollow = differs && !message.outgoing && conversation.kind === 'contact' && !conversation.blocked
  const isOpen = message.state === 'queued' || message.state === 'failed'
  return (
    <div className={styles['line']}>
      <p dir="auto">
        {text(key, args)}{' '}
        {canFollow && (
          <LinkButton onPress={() => actions.follow(message)}>{text('messages.line.expiry.follow')}</LinkButton>
        )}
      </p>
      {(isOpen || message.expiry?.expiresAt !== undefined) && (
        <MessageState message={message} showsTime={false} showsState={false} />
      )}
    </div>
  )
}
