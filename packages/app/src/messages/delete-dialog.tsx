import { type ReactNode, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Banner, Button, Dialog, RadioGroup } from '../ui/index.ts'
import { deletionOf } from './message-rights.ts'
import { useMessages } from './messages-context.ts'

type Scope = 'here' | 'everywhere'

interface DeleteDialogProps {
  readonly messages: readonly MessageView[]
  readonly onClose: () => void
  /** Whether it was done: if not, the dialog stays. */
  readonly onDelete: (scope: Scope) => Promise<boolean>
}

/** Asks where messages are deleted; the button says what will be true afterwards. Spec 50 §3.10. */
export function DeleteDialog({ messages, onClose, onDelete }: DeleteDialogProps): ReactNode {
  const text = useText()
  const { conversation, name } = useMessages()
  const isNotes = conversation.kind === 'self'
  const reach = deletionOf(messages)
  const canEverywhere = reach === 'everywhere'
  const [scope, setScope] = useState<Scope>(canEverywhere && !isNotes ? 'everywhere' : 'here')
  const [isPending, setPending] = useState(false)
  const run = async (): Promise<void> => {
    setPending(true)
    const isDone = await onDelete(scope)
    setPending(false)
    if (isDone) onClose()
  }
  const everywhere = isNotes ? 'all-devices' : 'everyone'
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('messages.delete.title', { count: messages.length })}
      actions={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isPending}>
            {text('ui.cancel')}
          </Button>
          <Button variant="danger" isPending={isPending} onPress={() => void run()}>
            {text(scope === 'here' ? 'messages.delete.confirm-here' : `messages.delete.confirm-${everywhere}`)}
          </Button>
        </>
      }
    >
      <RadioGroup<Scope>
        label={text('messages.delete.where')}
        labelHidden
        value={scope}
        onChange={setScope}
        options={[
          { value: 'here', label: text('messages.delete.here'), description: text('messages.delete.here.note') },
          {
            value: 'everywhere',
            label: text(`messages.delete.${everywhere}`),
            description: text(`messages.delete.${everywhere}.note`, { name }),
            isDisabled: !canEverywhere,
          },
        ]}
      />
      {!canEverywhere && <Banner tone="info">{text(`messages.delete.${reach}`)}</Banner>}
    </Dialog>
  )
}
