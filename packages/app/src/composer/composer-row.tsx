import { type ReactNode, useId } from 'react'
import { type ConversationView } from '@sotto/client'
import { AttachButton, type FileChoice } from '../attach/index.ts'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { type Voice } from '../voice/index.ts'
import { ComposerField } from './composer-field.tsx'
import styles from './composer.module.css'
import { Countdown } from './countdown.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { SendButton } from './send-button.tsx'
import { type Composing } from './use-composing.ts'

interface ComposerRowProps {
  readonly conversation: ConversationView
  readonly composing: Composing
  readonly choice: FileChoice
  readonly voice: Voice
  /** A voice message is in its place. */
  readonly isAway: boolean
  /** What Escape does, if there is something to leave. */
  readonly onEscape: (() => void) | undefined
}

/** The field between its buttons; unseen but in its place while a voice message is made. */
export function ComposerRow({ conversation, composing, choice, voice, isAway, onEscape }: ComposerRowProps): ReactNode {
  const text = useText()
  const settings = useQuery('settings.get')
  const countId = useId()
  const { attaching, field, hasContent, isReady, people, send, typing } = composing
  return (
    <div className={styles['row']} data-away={isAway ? '' : undefined}>
      <AttachButton attaching={attaching} choice={choice} />
      <ComposerField
        field={field}
        people={people}
        label={text('composer.field')}
        placeholder={conversation.kind === 'self' ? text('composer.note') : text('composer.placeholder')}
        countId={countId}
        enterKey={settings?.enterKey ?? 'sends'}
        spellCheck={settings?.spellCheck ?? true}
        onTyped={typing.typed}
        onSend={send}
        onEscape={onEscape}
      />
      <Countdown id={countId} value={field.value} />
      <EmojiButton field={field} />
      <SendButton hasContent={hasContent} isDisabled={!isReady} onSend={send} voice={voice} attaching={attaching} />
    </div>
  )
}
