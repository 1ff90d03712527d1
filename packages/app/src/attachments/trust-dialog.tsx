import { type ReactNode } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Dialog } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'

interface TrustDialogProps {
  readonly attachment: AttachmentView
  readonly onClose: () => void
}

/** Before anything of somebody is downloaded for the first time: this one only, or everything from now on. Spec 50 §3.9. */
export function TrustDialog({ attachment, onClose }: TrustDialogProps): ReactNode {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const { actions } = useAttachments()
  const { conversation } = attachment
  const name = useQuery('conversations.get', { conversation })?.name ?? text('storage.unnamed')
  const download = (): void => {
    actions.download(attachment)
    onClose()
  }
  const trust = (): void => {
    void act(async () => client.command('contacts.trust-downloads', { contact: conversation, trusted: true }))
    download()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('attachments.trust.title', { name })}
      actions={
        <>
          <Button variant="quiet" onPress={download}>
            {text('attachments.trust.once')}
          </Button>
          <Button variant="primary" autoFocus onPress={trust}>
            {text('attachments.trust.always')}
          </Button>
        </>
      }
    >
      <p>{text('attachments.trust.body', { name })}</p>
    </Dialog>
  )
}
