import { Copy, Download, LocateFixed, Reply, RotateCw } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type MessageView } from '@sotto/client'
import { MessageAttachments, useAttachments } from '../attachments/index.ts'
import { useAccount, useAct, useAnswer, useQuery } from '../core/index.ts'
import { conversationLink, createFormats } from '../messages/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, IconButton, useToasts } from '../ui/index.ts'
import { AttachmentFacts } from './attachment-facts.tsx'
import { Deliveries } from './deliveries.tsx'
import { DetailsFrame } from './details-frame.tsx'
import styles from './details.module.css'
import { Facts } from './facts.tsx'
import { useGoTo } from './use-go-to.ts'

interface MessageDetailsProps {
  readonly conversation: string
  readonly message: number
}

/** Everything that is known of a message: from whom, when, where it is. Spec 50 §3.11. */
export function MessageDetails({ conversation, message: id }: MessageDetailsProps): ReactNode {
  const text = useText()
  const formats = useMemo(() => createFormats(text.language, Date.now), [text.language])
  const message = useQuery('messages.get', { message: id })
  const { error, value: info } = useAnswer('messages.info', { message: id })
  const isGone = error !== undefined || (info === undefined && message === undefined)
  return (
    <DetailsFrame title={text('details.message')}>
      {message !== undefined && info !== undefined ? (
        <div className={styles['page']}>
          <Sender message={message} />
          {message.body !== undefined && message.body !== '' && (
            <p className={styles['preview']} dir="auto">
              {message.body}
            </p>
          )}
          {message.attachments.length > 0 && <MessageAttachments message={message} isAlone />}
          <Actions conversation={conversation} message={message} />
          <Facts message={message} info={info} formats={formats} />
          <AttachmentFacts attachments={message.attachments} outgoing={message.outgoing} />
          {info.deliveries.length > 0 && <Deliveries deliveries={info.deliveries} formats={formats} />}
        </div>
      ) : (
        isGone && <p className={styles['none']}>{text('details.gone')}</p>
      )}
    </DetailsFrame>
  )
}

function Sender({ message }: { readonly message: MessageView }): ReactNode {
  const text = useText()
  const { showModal } = useNavigation()
  const account = useQuery('account.get')
  const { sender, senderName } = message
  const pictured = senderName ?? account?.name
  const name = senderName ?? text('details.you')
  return (
    <button type="button" className={styles['sender']} onClick={() => showModal({ kind: 'profile', account: sender })}>
      <Avatar id={sender} size={44} {...(pictured === undefined ? {} : { name: pictured })} />
      <span className={styles['senderWords']}>
        <span className={styles['senderName']} dir="auto">
          {name}
        </span>
        <span className={styles['id']} dir="ltr">
          {sender}
        </span>
      </span>
    </button>
  )
}

function Actions({
  conversation,
  message,
}: {
  readonly conversation: string
  readonly message: MessageView
}): ReactNode {
  const text = useText()
  const act = useAct()
  const toasts = useToasts()
  const goTo = useGoTo(conversation)
  const { closeDetails } = useNavigation()
  const { client } = useAccount()
  const { actions } = useAttachments()
  const { body, deleted, id, state } = message
  const saved = message.attachments.filter(each => each.state === 'here')
  const canReply = deleted === 'no' && (state === 'sent' || state === 'received')
  const copy = async (): Promise<void> => {
    if (await act(async () => navigator.clipboard.writeText(body ?? ''))) toasts.show({ text: text('messages.copied') })
  }
  const resend = (): void => void act(async () => client.command('messages.resend', { message: id }))
  return (
    <div className={styles['actions']}>
      {canReply && (
        <IconButton
          icon={Reply}
          mirrored
          label={text('details.reply')}
          onPress={() => {
            conversationLink.reply(conversation, id)
            closeDetails()
          }}
        />
      )}
      {body !== undefined && body !== '' && (
        <IconButton icon={Copy} label={text('details.copy')} onPress={() => void copy()} />
      )}
      {saved.length > 0 && (
        <IconButton
          icon={Download}
          label={text('attachments.save.menu', { count: saved.length })}
          onPress={() => actions.save(saved)}
        />
      )}
      <IconButton icon={LocateFixed} label={text('details.show')} onPress={() => goTo(id)} />
      {state === 'failed' && <IconButton icon={RotateCw} label={text('messages.resend')} onPress={resend} />}
    </div>
  )
}
