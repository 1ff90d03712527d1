import { type ReactNode } from 'react'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Dialog } from '../ui/index.ts'
import { IdCard } from './id-card.tsx'
import { ShareButton } from './share-button.tsx'

interface ProfileDialogProps {
  readonly account: string
  readonly onClose: () => void
}

/** Who a person is, oneself as well, with a way to write to them. Spec 50 §5. */
export function ProfileDialog(props: ProfileDialogProps): ReactNode {
  const { accountId } = useAccount()
  return props.account === accountId ? <OwnProfile {...props} /> : <OtherProfile {...props} />
}

function OwnProfile({ account, onClose }: ProfileDialogProps): ReactNode {
  const text = useText()
  const own = useQuery('account.get')
  const name = own?.name ?? text('profile.you')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('profile.own')}
      actions={
        <>
          <MessageButton account={account} label={text('profile.note')} />
          <ShareButton account={account} />
        </>
      }
    >
      <IdCard account={account} name={name} idLabel={text('profile.id.own')} />
    </Dialog>
  )
}

function OtherProfile({ account, onClose }: ProfileDialogProps): ReactNode {
  const text = useText()
  const contact = useQuery('contacts.get', { contact: account })
  const name = contact?.shownName ?? text('profile.unknown')
  const realName = contact?.nickname === undefined ? undefined : contact.name
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('profile.title')}
      actions={<MessageButton account={account} label={text('profile.message')} />}
    >
      <IdCard account={account} name={name} realName={realName} idLabel={text('profile.id')} />
    </Dialog>
  )
}

function MessageButton({ account, label }: { readonly account: string; readonly label: string }): ReactNode {
  const { client } = useAccount()
  const { openConversation } = useNavigation()
  const act = useAct()
  const open = async (): Promise<void> => {
    const worked = await act(async () => client.command('conversations.open', { conversation: account }))
    if (worked) openConversation(account)
  }
  return (
    <Button variant="primary" onPress={() => void open()}>
      {label}
    </Button>
  )
}
