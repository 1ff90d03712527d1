import { type ReactNode } from 'react'
import { type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import styles from './message-row.module.css'
import { useMessages } from './messages-context.ts'

interface SelectMarkProps {
  readonly message: MessageView
  readonly isSelected: boolean
}

/** Takes a message into the selection, or out of it. */
export function SelectMark({ isSelected, message }: SelectMarkProps): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  return (
    <input
      type="checkbox"
      className={styles['mark']}
      checked={isSelected}
      aria-label={text('messages.select')}
      onChange={() => actions.select(message)}
      onClick={event => event.stopPropagation()}
    />
  )
}
