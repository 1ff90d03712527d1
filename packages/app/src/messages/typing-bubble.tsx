import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { VisuallyHidden } from '../ui/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './typing-bubble.module.css'

/** The other person is writing. Spec 50 §3.13. */
export function TypingBubble(): ReactNode {
  const text = useText()
  const { name } = useMessages()
  return (
    <div className={styles['typing']} role="status">
      <VisuallyHidden>{text('messages.typing', { name })}</VisuallyHidden>
      <span />
      <span />
      <span />
    </div>
  )
}
