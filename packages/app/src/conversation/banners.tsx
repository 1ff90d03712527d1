import { type ReactNode } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct, useHome, useHomeQuery, useQuery } from '../core/index.ts'
import { useMessages } from '../messages/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, Button, useToasts } from '../ui/index.ts'
import styles from './conversation-screen.module.css'
import { Countdown } from './countdown.tsx'

/** Below the header: what stands in the way of talking, what is safe, and what can be done. */
export function Banners({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  return (
    <div className={styles['banners']}>
      <Reach />
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

/** Whether messages can go out at all. A hiccup that is over in a moment is not worth a word. */
function Reach(): ReactNode {
  const text = useText()
  const home = useHome()
  const act = useAct()
  const status = useHomeQuery('home.status')
  const connection = useQuery('connection.get')
  const count = connection?.queued ?? 0
  if (status?.online === false) return <Banner tone="caution">{text('conversation.offline', { count })}</Banner>
  const nextGateway = status?.gateway === 'waiting' ? status.nextTryAt : undefined
  const isWaiting = connection?.kind === 'waiting'
  if (nextGateway === undefined && !isWaiting) return null
  const next = nextGateway ?? connection?.nextTryAt
  return (
    <Banner
      tone="caution"
      action={
        <Button size="small" onPress={() => void act(async () => home.poke())}>
          {text('conversation.waiting.try')}
        </Button>
      }
    >
      {nextGateway === undefined ? text('conversation.waiting', { count }) : text('conversation.gateway')}{' '}
      {next !== undefined && <Countdown to={next} />}
    </Banner>
  )
}
