import { type ReactNode } from 'react'
import { useAccount, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { OpenConversation } from './open-conversation.tsx'
import styles from './conversation-screen.module.css'

/** One conversation: who it is with, what was said, and where one writes. Spec 50 §3. */
export function ConversationScreen({ conversation: id }: { readonly conversation: string }): ReactNode {
  const text = useText()
  const { accountId } = useAccount()
  const conversation = useQuery('conversations.get', { conversation: id })
  if (conversation !== undefined) return <OpenConversation own={accountId} conversation={conversation} />
  return (
    <div className={styles['screen']}>
      {/* Shown only if there is no answer for a while: the conversation was deleted elsewhere. */}
      <p className={styles['gone']}>{text('conversation.gone')}</p>
    </div>
  )
}
