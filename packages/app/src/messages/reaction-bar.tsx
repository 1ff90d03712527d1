import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { type MessageView } from '@sotto/client'
import { EmojiPicker, noteEmoji, useRecentEmoji } from '../emoji/index.ts'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './reaction-bar.module.css'

interface ReactionBarProps {
  readonly message: MessageView
  readonly onPick: (emoji: string) => void
  readonly onClose: () => void
}

/** The emoji that were used last, and the way to all others. */
export function ReactionBar({ message, onClose, onPick }: ReactionBarProps): ReactNode {
  const text = useText()
  const { own } = useMessages()
  const recent = useRecentEmoji()
  const [isPicking, setPicking] = useState(false)
  if (isPicking) return <EmojiPicker onPick={onPick} onClose={onClose} />
  const isMine = (emoji: string): boolean =>
    message.reactions.some(each => each.emoji === emoji && each.senders.some(sender => sender === own))
  return (
    <div className={styles['bar']} role="group" aria-label={text('messages.react.bar')}>
      {recent.slice(0, 6).map((emoji, at) => (
        <Button
          key={emoji}
          className={styles['emoji'] ?? ''}
          autoFocus={at === 0}
          aria-label={text('messages.react.with', { emoji })}
          aria-pressed={isMine(emoji)}
          onPress={() => {
            noteEmoji(emoji)
            onPick(emoji)
          }}
        >
          {emoji}
        </Button>
      ))}
      <Button
        className={styles['emoji'] ?? ''}
        aria-label={text('messages.react.more')}
        onPress={() => setPicking(true)}
      >
        <Icon icon={Plus} />
      </Button>
    </div>
  )
}
