import { type ReactElement, type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** What will happen stands in the button: "Delete for everyone", never "OK". */
export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children?: ReactNode
  readonly confirm: {
    readonly label: string
    readonly tone?: 'danger' | 'primary'
    readonly isDisabled?: boolean
    /** The dialog closes when it is done, and stays when it fails: telling why is the caller's part. */
    readonly onPress: () => void | Promise<void>
  }
  readonly cancelLabel?: string
}

/** Asks before something that cannot be undone. Focus starts on the way out where it is dangerous. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  confirm,
  cancelLabel,
}: ConfirmDialogProps): ReactElement {
  const text = useText()
  const [pending, setPending] = useState(false)
  const { tone = 'primary' } = confirm
  const run = async (): Promise<void> => {
    setPending(true)
    try {
      await confirm.onPress()
      onClose()
    } finally {
      setPending(false)
    }
  }
  const actions = (
    <>
      <Button variant="quiet" onPress={onClose} isDisabled={pending} autoFocus={tone === 'danger'}>
        {cancelLabel ?? text('ui.cancel')}
      </Button>
      <Button
        variant={tone}
        isPending={pending}
        isDisabled={confirm.isDisabled ?? false}
        autoFocus={tone === 'primary'}
        onPress={() => void run()}
      >
        {confirm.label}
      </Button>
    </>
  )
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      role="alertdialog"
      actions={actions}
      isDismissable={!pending}
    >
      {children}
    </Dialog>
  )
}
