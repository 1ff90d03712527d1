import { type ReactNode } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useMessages } from '../messages/index.ts'
import { ConnectionBanner } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, Button, useToasts } from '../ui/index.ts'
import styles from './conversation-screen.module.css'

/** Below the header: what stands in the way of talking, what is safe, and what can be done. */
export function Banners({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  return (
    <div className={styles['banners']}>
      <ConnectionBanner />
      {conversation.blocked && <Blocked conversation={conversation} />}
    </div>
  )
}

function Blocked({ conversation: { id } }: { readonly conversation: ConversationView }): ReactNode {
  const text = useText()
  const act = useAct()
  const toasts = useToasts()
  const { client } = useAccount()
  const { name } = useMessages()
  const unblock = async (): Promise<void> => {
    const isDone = await act(async () => client.command('contacts.unblock', { contact: id }))
    if (isDone) toasts.show({ text: text('conversation.unblocked') })
  }
  return (
    <Banner
      tone="caution"
      action={
        <Button size="small" onPress={() => void unblock()}>
          {text('conversation.unblock')}
        </Button>
      }
    >
      {text('conversation.blocked', { name })}
    </Banner>
  )
}
