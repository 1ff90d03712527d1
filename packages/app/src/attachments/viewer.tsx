import { ChevronLeft, ChevronRight, Download, LocateFixed, Maximize, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { type AttachmentView } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { createFormats } from '../messages/formats.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton, VisuallyHidden } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import { mayBeHere } from './offer.ts'
import { useZoom, type Zoom } from './use-zoom.ts'
import styles from './viewer.module.css'
import { viewerAct } from './viewer-keys.ts'
import { ViewerMedia } from './viewer-media.tsx'

interface ViewerProps {
  readonly attachments: readonly AttachmentView[]
  readonly current: number
  readonly onClose: () => void
}

/** Pictures and videos in the whole window, one after the other. Spec 50 §3.9. */
export function Viewer({ attachments, current, onClose }: ViewerProps): ReactNode {
  const text = useText()
  const [at, setAt] = useState(current)
  const chosen = attachments[at]
  useLeaving(onClose)
  if (chosen === undefined) return null
  const step = (by: number): void => setAt(before => Math.max(0, Math.min(attachments.length - 1, before + by)))
  return (
    <ModalOverlay className={styles['scrim'] ?? ''} isOpen onOpenChange={open => !open && onClose()}>
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={text('attachments.viewer')}>
          <Shown
            key={chosen.id}
            attachment={chosen}
            at={at}
            count={attachments.length}
            onStep={step}
            onClose={onClose}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface ShownProps {
  readonly attachment: AttachmentView
  readonly at: number
  readonly count: number
  readonly onStep: (by: number) => void
  readonly onClose: () => void
}

function Shown({ at, attachment: first, count, onClose, onStep }: ShownProps): ReactNode {
  const known = useQuery('attachments.get', { attachment: first.id })
  const attachment = known ?? first
  useGone(known, onClose)
  const outgoing = useQuery('messages.get', { message: attachment.message ?? 0 })?.outgoing ?? false
  const { actions } = useAttachments()
  const zoom = useZoom({ onSwipe: by => onStep(isRightToLeft() ? -by : by), onOutside: onClose })
  const isHere = mayBeHere(attachment.state, outgoing)
  const canZoom = attachment.kind === 'image' && isHere
  const onKeyDown = (event: KeyboardEvent): void => {
    switch (viewerAct(event, isRightToLeft())) {
      case 'next':
        return onStep(1)
      case 'previous':
        return onStep(-1)
      case 'larger':
        return zoom.larger()
      case 'smaller':
        return zoom.smaller()
      case 'fit':
        return zoom.fit()
      case 'save':
        event.preventDefault()
        return isHere ? actions.save([attachment]) : undefined
      case undefined:
        return undefined
    }
  }
  return (
    <div className={styles['shown']} onKeyDown={onKeyDown}>
      <Bar
        attachment={attachment}
        at={at}
        count={count}
        zoom={canZoom ? zoom : undefined}
        onClose={onClose}
        isHere={isHere}
      />
      <ViewerMedia attachment={attachment} outgoing={outgoing} zoom={zoom} />
      <Arrows at={at} count={count} onStep={onStep} />
      {attachment.caption !== undefined && (
        <p className={styles['caption']} dir="auto">
          {attachment.caption}
        </p>
      )}
    </div>
  )
}

interface BarProps extends Omit<ShownProps, 'onStep'> {
  readonly zoom: Zoom | undefined
  readonly isHere: boolean
}

function Bar({ at, attachment, count, isHere, onClose, zoom }: BarProps): ReactNode {
  const text = useText()
  const { actions } = useAttachments()
  const { openConversation } = useNavigation()
  const message = useQuery('messages.get', { message: attachment.message ?? 0 })
  const formats = createFormats(text.language, Date.now)
  const name = message?.senderName ?? text('messages.you')
  const show = (): void => {
    onClose()
    openConversation(attachment.conversation, attachment.message)
  }
  return (
    <header className={styles['bar']}>
      <div className={styles['words']}>
        <span className={styles['name']} dir="auto">
          {attachment.name}
        </span>
        <span className={styles['from']}>
          {message !== undefined && text('attachments.viewer.from', { name, when: formats.full(message.sentAt) })}
        </span>
      </div>
      {count > 1 && (
        <span className={styles['count']} role="status">
          {text('attachments.viewer.count', { at: at + 1, count })}
          <VisuallyHidden>: {attachment.name}</VisuallyHidden>
        </span>
      )}
      {zoom !== undefined && (
        <div className={styles['zoom']}>
          <IconButton icon={ZoomOut} label={text('attachments.viewer.zoom-out')} onPress={zoom.smaller} />
          <IconButton icon={ZoomIn} label={text('attachments.viewer.zoom-in')} onPress={zoom.larger} />
          <IconButton icon={Maximize} label={text('attachments.viewer.fit')} onPress={zoom.fit} />
        </div>
      )}
      {attachment.message !== undefined && (
        <IconButton icon={LocateFixed} label={text('attachments.viewer.show')} onPress={show} />
      )}
      {isHere && (
        <IconButton icon={Download} label={text('attachments.save')} onPress={() => actions.save([attachment])} />
      )}
      {/* It has the focus from the beginning: its tooltip would take the first Escape. */}
      <IconButton icon={X} label={text('ui.close')} tooltipHidden onPress={onClose} autoFocus />
    </header>
  )
}

function Arrows({ at, count, onStep }: Pick<ShownProps, 'at' | 'count' | 'onStep'>): ReactNode {
  const text = useText()
  if (count < 2) return null
  return (
    <>
      <span className={styles['previous']}>
        <IconButton
          icon={ChevronLeft}
          mirrored
          label={text('attachments.viewer.previous')}
          isDisabled={at === 0}
          onPress={() => onStep(-1)}
        />
      </span>
      <span className={styles['next']}>
        <IconButton
          icon={ChevronRight}
          mirrored
          label={text('attachments.viewer.next')}
          isDisabled={at === count - 1}
          onPress={() => onStep(1)}
        />
      </span>
    </>
  )
}

function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl'
}

/** Going back in the browser leaves it as well. */
function useLeaving(onClose: () => void): void {
  const { place } = useNavigation()
  const [from] = useState(place)
  useEffect(() => {
    if (place !== from) onClose()
  }, [from, onClose, place])
}

/** What was deleted, or has disappeared, is not looked at any longer. */
function useGone(known: AttachmentView | undefined, onClose: () => void): void {
  const wasKnown = useRef(false)
  useEffect(() => {
    if (known !== undefined) wasKnown.current = true
    else if (wasKnown.current) onClose()
  }, [known, onClose])
}
