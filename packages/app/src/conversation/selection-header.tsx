import { Copy, Forward, Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { type MessageView } from '@sotto/client'
import { mayBeForwarded, useMessages } from '../messages/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton, PaneHeader } from '../ui/index.ts'

interface SelectionHeaderProps {
  readonly messages: readonly MessageView[]
  readonly onEnd: () => void
}

/** In the place of the header while messages are being chosen. Escape leaves, Delete deletes. */
export function SelectionHeader({ messages, onEnd }: SelectionHeaderProps): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const isEmpty = messages.length === 0
  const withText = messages.filter(({ body, deleted }) => body !== undefined && body !== '' && deleted === 'no')
  const forwarded = messages.filter(mayBeForwarded)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.closest('textarea, input:not([type=checkbox]), [role=dialog]')
      if (isTyping || event.defaultPrevented) return
      if (event.key === 'Escape') onEnd()
      else if ((event.key === 'Delete' || event.key === 'Backspace') && messages.length > 0) actions.remove(messages)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [actions, messages, onEnd])
  const forward = (): void => actions.forward(forwarded)
  return (
    <PaneHeader
      title={text('conversation.selected', { count: messages.length })}
      start={<IconButton icon={X} label={text('conversation.select.end')} onPress={onEnd} />}
      actions={
        <>
          <IconButton
            icon={Copy}
            label={text('conversation.select.copy')}
            isDisabled={withText.length === 0}
            onPress={() => actions.copyAll(withText)}
          />
          <IconButton
            icon={Forward}
            label={text('conversation.select.forward')}
            isDisabled={forwarded.length === 0}
            onPress={forward}
          />
          <IconButton
            icon={Trash2}
            tone="danger"
            label={text('conversation.select.delete')}
            isDisabled={isEmpty}
            onPress={() => actions.remove(messages)}
          />
        </>
      }
    />
  )
}
