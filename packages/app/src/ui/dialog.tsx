import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useText } from '../texts/index.ts'
import { classes } from './classes.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

/** The title is a question or names what is shown; the buttons in `actions` say the outcome, the main one last. */
export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly size?: 'narrow' | 'wide'
  readonly role?: 'dialog' | 'alertdialog'
  /** Whether Escape, the cross and a press outside close it; without it only its actions do. */
  readonly isDismissable?: boolean
  /** There is only something to read: then the body itself takes the focus, so that keys can scroll it. */
  readonly isReading?: boolean
}

/** Above everything else; focus stays inside and goes back where it was. Escape closes the topmost only. */
export function Dialog(props: DialogProps): ReactElement {
  const {
    isOpen,
    onClose,
    title,
    children,
    actions,
    size = 'narrow',
    role = 'dialog',
    isDismissable = true,
    isReading = false,
  } = props
  return (
    <ModalOverlay
      className={styles['scrim'] ?? ''}
      isOpen={isOpen}
      onOpenChange={open => !open && onClose()}
      isDismissable={isDismissable && role === 'dialog'}
      isKeyboardDismissDisabled={!isDismissable}
    >
      <Modal className={classes(styles['modal'], styles[size])}>
        <AriaDialog className={styles['dialog'] ?? ''} role={role}>
          <header className={styles['header']}>
            <Heading slot="title" level={2} className={styles['title'] ?? ''} dir="auto">
              {title}
            </Heading>
            {isDismissable && role === 'dialog' && <CloseButton onPress={onClose} />}
          </header>
          {children !== undefined && (
            <div className={styles['body']} tabIndex={isReading ? 0 : undefined}>
              {children}
            </div>
          )}
          {actions !== undefined && <footer className={styles['actions']}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function CloseButton({ onPress }: { readonly onPress: () => void }): ReactElement {
  const text = useText()
  return <IconButton icon={X} label={text('ui.close')} size="small" onPress={onPress} tooltipHidden />
}
