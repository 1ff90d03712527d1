import { ArrowLeft, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useText } from '../texts/index.ts'
import { classes, IconButton } from '../ui/index.ts'
import styles from './settings.module.css'

interface SettingsModalProps {
  /** Of the page, or of the list where that is all there is. */
  readonly title: string
  /** Room for one of the two only. */
  readonly isNarrow: boolean
  readonly list: ReactNode
  readonly view: ReactNode
  /** From a page to the list, where they are not side by side. */
  readonly onBack: () => void
  readonly onClose: () => void
}

/** The list of pages, and a page beside it or over it. */
export function SettingsModal({ title, isNarrow, list, view, onBack, onClose }: SettingsModalProps): ReactNode {
  const text = useText()
  const isPage = view !== undefined
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isNarrow) heading.current?.focus()
  }, [isNarrow, title])
  useEffect(() => {
    // What had the focus may be gone with what it did: without any, keys would not reach the dialog.
    const take = (event: KeyboardEvent): void => {
      if (document.activeElement !== document.body) return
      heading.current?.focus()
      if (event.key === 'Escape') onClose()
    }
    // Before anything else hears of the key, and may close what has the focus now.
    document.addEventListener('keydown', take, { capture: true })
    return () => document.removeEventListener('keydown', take, { capture: true })
  }, [onClose])
  return (
    <ModalOverlay className={styles['scrim'] ?? ''} isOpen isDismissable onOpenChange={open => !open && onClose()}>
      <Modal className={classes(styles['modal'], isNarrow && styles['full'])}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={text('settings.title')}>
          {(!isNarrow || !isPage) && (
            <nav className={styles['nav']} aria-label={text('settings.title')}>
              {list}
            </nav>
          )}
          <header className={styles['header']}>
            {isNarrow && isPage && (
              <IconButton icon={ArrowLeft} label={text('ui.back')} mirrored tooltipHidden onPress={onBack} />
            )}
            <h2 className={styles['title']} ref={heading} tabIndex={-1}>
              {title}
            </h2>
            <IconButton icon={X} label={text('ui.close')} tooltipHidden onPress={onClose} />
          </header>
          {isPage && <div className={styles['view']}>{view}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
