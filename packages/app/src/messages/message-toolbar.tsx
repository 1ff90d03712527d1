import { Ellipsis, Reply, SmilePlus } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { IconButton, Popover } from '../ui/index.ts'
import { canReact, canReply } from './message-rights.ts'
import styles from './message-toolbar.module.css'
import { useMessages } from './messages-context.ts'
import { ReactionBar } from './reaction-bar.tsx'

interface MessageToolbarProps {
  readonly message: MessageView
  /** Whether it is to stay although nobody points at the message any more. */
  readonly onHold: (isHeld: boolean) => void
}

/** Beside the message that is pointed at: the things that are done most. Everything is in its menu too. */
export function MessageToolbar({ message, onHold }: MessageToolbarProps): ReactNode {
  const text = useText()
  const { actions, conversation } = useMessages()
  const more = useRef<HTMLButtonElement>(null)
  const [isReacting, setReacting] = useState(false)
  const hold = (isOpen: boolean): void => {
    setReacting(isOpen)
    onHold(isOpen)
  }
  const react = (emoji: string): void => {
    hold(false)
    actions.react(message, emoji)
  }
  const showMenu = (): void => {
    const box = more.current?.getBoundingClientRect()
    if (box !== undefined) actions.showMenu(message, { x: box.left, y: box.bottom })
  }
  return (
    <div className={styles['bar']} data-own={message.outgoing || undefined}>
      {canReact(message, conversation) && (
        <Popover
          trigger={<IconButton icon={SmilePlus} size="small" label={text('messages.menu.react')} />}
          label={text('messages.react.bar')}
          placement="top"
          isFlush
          isOpen={isReacting}
          onOpenChange={hold}
        >
          <ReactionBar message={message} onPick={react} onClose={() => hold(false)} />
        </Popover>
      )}
      {canReply(message, conversation) && (
        <IconButton
          icon={Reply}
          size="small"
          mirrored
          label={text('messages.menu.reply')}
          onPress={() => actions.reply(message)}
        />
      )}
      <IconButton icon={Ellipsis} size="small" label={text('messages.menu')} buttonRef={more} onPress={showMenu} />
    </div>
  )
}
