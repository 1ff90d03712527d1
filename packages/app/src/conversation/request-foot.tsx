import { type ReactNode, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useMessages } from '../messages/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, Button, ConfirmDialog, LinkButton } from '../ui/index.ts'
import styles from './conversation-screen.module.css'

/** Above the composer, while one side has not accepted the other yet. Spec 50 §3.12. */
export function RequestFoot({ conversation }: { readonly conversation: ConversationView }): ReactNode {
  const text = useText()
  const { name } = useMessages()
  switch (conversation.request) {
    case 'none':
      return null
    case 'incoming':
      return <Incoming contact={conversation.id} />
    case 'outgoing':
      return <Banner tone="info">{text('conversation.request.outgoing', { name })}</Banner>
  }
}

function Incoming({ contact }: { readonly contact: string }): ReactNode {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const { name } = useMessages()
  const { closeConversation } = useNavigation()
  const [asking, setAsking] = useState<'delete' | 'block'>()
  const [isPending, setPending] = useState(false)
  const accept = async (): Promise<void> => {
    setPending(true)
    await act(async () => client.command('requests.accept', { contact }))
    setPending(false)
  }
  const refuse = async (): Promise<void> => {
    const command = asking === 'block' ? 'requests.block' : 'requests.decline'
    if (await act(async () => client.command(command, { contact }))) closeConversation()
  }
  return (
    <Banner tone="info">
      <p>{text('conversation.request.incoming', { name })}</p>
      <div className={styles['requestActions']}>
        <Button variant="primary" size="small" isPending={isPending} onPress={() => void accept()}>
          {text('conversation.request.accept')}
        </Button>
        <Button size="small" onPress={() => setAsking('delete')}>
          {text('conversation.request.delete')}
        </Button>
        <LinkButton tone="danger" onPress={() => setAsking('block')}>
          {text('conversation.request.block')}
        </LinkButton>
      </div>
      {asking !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(undefined)}
          title={text(`conversation.request.${asking}.title`, { name })}
          confirm={{ label: text(`conversation.request.${asking}.confirm`), tone: 'danger', onPress: refuse }}
        >
          <p>{text(`conversation.request.${asking}.body`, { name })}</p>
        </ConfirmDialog>
      )}
    </Banner>
  )
}
