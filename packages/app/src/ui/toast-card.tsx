import { X } from 'lucide-react'
import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import type { Toast } from './toast.ts'
import styles from './toasts.module.css'

/** One toast with its own clock. */
export interface ToastCardProps {
  readonly toast: Toast
  readonly durationMs: number
  readonly onClose: () => void
}

/** Goes when its time is over; time stands still while it is pointed at or has the focus. */
export function ToastCard({ toast, durationMs, onClose }: ToastCardProps): ReactElement {
  const text = useText()
  const [held, setHeld] = useState(false)
  const left = useRef(durationMs)
  const close = useEffectEvent(onClose)
  useEffect(() => {
    if (held) return undefined
    const since = performance.now()
    const timer = window.setTimeout(() => close(), left.current)
    return () => {
      window.clearTimeout(timer)
      left.current = Math.max(1000, left.current - (performance.now() - since))
    }
  }, [held])
  const { action } = toast
  const act = (): void => {
    action?.onPress()
    onClose()
  }
  return (
    <div
      className={classes(styles['toast'], toast.tone === 'danger' && styles['danger'])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className={styles['text']} dir="auto">
        {toast.text}
      </p>
      {action !== undefined && (
        <Button variant="quiet" size="small" onPress={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label={text('ui.close')} size="small" onPress={onClose} tooltipHidden />
    </div>
  )
}
