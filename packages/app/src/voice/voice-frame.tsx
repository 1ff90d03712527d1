import { type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { type VoiceKey, voiceKey } from './key-meaning.ts'
import styles from './voice.module.css'

interface VoiceFrameProps {
  readonly ref?: RefObject<HTMLDivElement | null>
  readonly label: string
  readonly isRecording: boolean
  readonly onKey: (meaning: VoiceKey) => void
  readonly children: ReactNode
}

/** In place of the field: its keys are those of a voice message. */
export function VoiceFrame({ ref, children, isRecording, label, onKey }: VoiceFrameProps): ReactNode {
  const hear = (event: KeyboardEvent): void => {
    const meaning = voiceKey(event.key, isRecording, event.target !== event.currentTarget)
    if (meaning === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) onKey(meaning)
  }
  return (
    <div ref={ref} className={styles['panel']} role="group" aria-label={label} tabIndex={-1} onKeyDown={hear}>
      {children}
    </div>
  )
}
