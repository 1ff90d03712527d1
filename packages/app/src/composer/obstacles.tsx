import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Button, ConfirmDialog, Dialog } from '../ui/index.ts'
import { maxMessageLength } from './limits.ts'
import { type Sender } from './use-send.ts'

/** Why a text did not go out; it stays in the field. */
export function Obstacles({ sender }: { readonly sender: Sender }): ReactNode {
  const text = useText()
  const { obstacle, forget, sendAnyway } = sender
  if (obstacle?.kind === 'too-long') {
    return (
      <Dialog
        isOpen
        onClose={forget}
        role="alertdialog"
        title={text('composer.too-long.title')}
        actions={
          <Button variant="primary" autoFocus onPress={forget}>
            {text('composer.too-long.back')}
          </Button>
        }
      >
        {text('composer.too-long.body', { limit: maxMessageLength, over: obstacle.over })}
      </Dialog>
    )
  }
  if (obstacle?.kind !== 'phrase') return null
  return (
    <ConfirmDialog
      isOpen
      onClose={forget}
      title={text('composer.phrase.title')}
      cancelLabel={text('composer.phrase.back')}
      confirm={{
        label: text('composer.phrase.send'),
        tone: 'danger',
        onPress: () => sendAnyway(obstacle.outgoing),
      }}
    >
      {text('composer.phrase.body')}
    </ConfirmDialog>
  )
}
