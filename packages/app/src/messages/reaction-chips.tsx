import { ChevronUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { type MessageView, type ReactionView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon, Tooltip } from '../ui/index.ts'
import { useMessages } from './messages-context.ts'
import { reactionNames, splitReactions } from './reaction-names.ts'
import styles from './reaction-chips.module.css'

/** What people put at a message: pressing one puts it there too, or takes the own one away. Spec 50 §3.7. */
export function ReactionChips({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  const { rest, shown } = splitReactions(message.reactions, isOpen)
  return (
    <ul className={styles['chips']} aria-label={text('messages.reactions')}>
      {shown.map(reaction => (
        <li key={reaction.emoji}>
          <Chip message={message} reaction={reaction} />
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <Button
            className={styles['chip'] ?? ''}
            aria-label={text('messages.reactions.more', { count: rest.length })}
            onPress={() => setOpen(true)}
          >
            <span className={styles['stack']}>
              {rest.slice(0, 3).map(({ emoji }) => (
                <span key={emoji}>{emoji}</span>
              ))}
            </span>
            <span className={styles['count']}>+{rest.length}</span>
          </Button>
        </li>
      )}
      {isOpen && (
        <li>
          <Button
            className={styles['chip'] ?? ''}
            aria-label={text('messages.reactions.less')}
            onPress={() => setOpen(false)}
          >
            <Icon icon={ChevronUp} size={16} />
          </Button>
        </li>
      )}
    </ul>
  )
}

function Chip({ message, reaction }: { readonly message: MessageView; readonly reaction: ReactionView }): ReactNode {
  const text = useText()
  const { actions, formats, name, own } = useMessages()
  const { emoji, senders } = reaction
  const names = reactionNames(senders, { own, name, you: text('messages.reactions.you') })
  const who =
    names.others === 0
      ? formats.names(names.shown)
      : text('messages.reactions.others', { names: formats.list(names.shown), count: names.others })
  return (
    <Tooltip text={who}>
      <Button
        className={styles['chip'] ?? ''}
        data-own={senders.some(sender => sender === own) || undefined}
        aria-pressed={senders.some(sender => sender === own)}
        aria-label={text('messages.reactions.chip', { emoji, count: senders.length, names: who })}
        onPress={() => actions.react(message, emoji)}
      >
        <span>{emoji}</span>
        {senders.length > 1 && <span className={styles['count']}>{formats.number(senders.length)}</span>}
      </Button>
    </Tooltip>
  )
}
