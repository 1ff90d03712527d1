import { type ReactNode } from 'react'
import { useAccount, useAct } from '../core/index.ts'
import { LinkDialog } from '../links/index.ts'
import { useText } from '../texts/index.ts'
import { ConfirmDialog } from '../ui/index.ts'
import { controlLine, expiryCase } from './control-words.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { ForwardDialog } from './forward-dialog.tsx'
import { MessageMenu } from './message-menu.tsx'
import { useMessages } from './messages-context.ts'
import { ReactionsDialog } from './reactions-dialog.tsx'
import { type MessageLayer } from './use-message-actions.ts'

interface MessageLayersProps {
  readonly layer: MessageLayer | undefined
  readonly onClose: () => void
  readonly onDelete: (messages: readonly number[], scope: 'here' | 'everywhere') => Promise<boolean>
}

/** The menu or the dialog that is open. */
export function MessageLayers({ layer, onClose, onDelete }: MessageLayersProps): ReactNode {
  switch (layer?.kind) {
    case undefined:
      return null
    case 'menu':
      return <MessageMenu menu={layer} onClose={onClose} />
    case 'delete':
      return (
        <DeleteDialog
          messages={layer.messages}
          onClose={onClose}
          onDelete={async scope =>
            onDelete(
              layer.messages.map(({ id }) => id),
              scope,
            )
          }
        />
      )
    case 'forward':
      return <ForwardDialog messages={layer.messages} onClose={onClose} />
    case 'reactions':
      return <ReactionsDialog message={layer.message} onClose={onClose} />
    case 'link':
      return <LinkDialog link={layer.link} onClose={onClose} />
    case 'follow':
      return <FollowDialog line={controlLine(layer.message)} onClose={onClose} />
  }
}

interface FollowDialogProps {
  readonly line: ReturnType<typeof controlLine>
  readonly onClose: () => void
}

/** Makes own messages disappear like those of the other person. Spec 50 §3.12. */
function FollowDialog({ line, onClose }: FollowDialogProps): ReactNode {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const { conversation, formats } = useMessages()
  if (line.kind !== 'expiry') return null
  const { mode, timerSeconds } = line
  const follow = async (): Promise<void> => {
    await act(async () => client.command('expiry.set', { conversation: conversation.id, mode, timerSeconds }))
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={text('messages.follow.title')}
      confirm={{ label: text('messages.follow.confirm', { mode: expiryCase(mode) }), onPress: follow }}
    >
      <p>
        {mode === 'off'
          ? text('messages.follow.off')
          : text('messages.follow.set', { mode: expiryCase(mode), duration: formats.duration(timerSeconds) })}
      </p>
    </ConfirmDialog>
  )
}
