import { Square, Trash2 } from 'lucide-react'
import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import { newestBars } from './levels.ts'
import { useBarCount } from './use-bar-count.ts'
import { type VoiceState } from './use-recorder.ts'
import { voiceClock } from './voice-clock.ts'
import styles from './voice.module.css'
import { Waveform } from './waveform.tsx'

interface RecordingProps {
  readonly state: VoiceState
  readonly isHeld: boolean
  readonly onStop: () => void
  readonly onDiscard: () => void
}

/** It listens: for how long, and how loud it is. */
export function Recording({ state, isHeld, onStop, onDiscard }: RecordingProps): ReactNode {
  const text = useText()
  const barCount = useBarCount()
  const isRecording = state.kind === 'recording'
  const elapsedMs = isRecording ? state.elapsedMs : 0
  return (
    <>
      <IconButton icon={Trash2} label={text('voice.discard')} onPress={onDiscard} />
      <span className={styles['pulse']} data-on={isRecording ? '' : undefined} aria-hidden="true" />
      <span className={styles['time']} role="timer" aria-label={text('voice.elapsed')}>
        {voiceClock(elapsedMs, text.language)}
      </span>
      {isHeld || !isRecording ? (
        <span className={styles['hint']}>{text(isRecording ? 'voice.held' : 'voice.starting')}</span>
      ) : (
        <Waveform bars={newestBars(state.levels, barCount)} />
      )}
      {/* It appears below the pointer: a tooltip would take the first Escape. */}
      <IconButton icon={Square} label={text('voice.stop')} tone="danger" tooltipHidden onPress={onStop} />
    </>
  )
}
