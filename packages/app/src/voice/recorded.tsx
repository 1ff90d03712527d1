import { Pause, Play, SendHorizontal, Trash2 } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useMemo } from 'react'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import { barsOf } from './levels.ts'
import { type Recording } from './recorder.ts'
import { useBarCount } from './use-bar-count.ts'
import { usePlayback } from './use-playback.ts'
import { voiceClock } from './voice-clock.ts'
import styles from './voice.module.css'
import { Waveform } from './waveform.tsx'

interface RecordedProps {
  readonly recording: Recording
  readonly isSending: boolean
  /** Set to what plays and pauses, for the keys of the panel. */
  readonly toggleRef: RefObject<(() => void) | undefined>
  readonly onSend: () => void
  readonly onDiscard: () => void
}

/** What was said can be heard before it goes out. */
export function Recorded({ recording, isSending, toggleRef, onSend, onDiscard }: RecordedProps): ReactNode {
  const text = useText()
  const barCount = useBarCount()
  const { bytes, durationMs, levels } = recording
  const { isPlaying, atMs, toggle, seek } = usePlayback(bytes, 'audio/mpeg')
  const bars = useMemo(() => barsOf(levels, barCount), [levels, barCount])
  useEffect(() => {
    toggleRef.current = toggle
  }, [toggleRef, toggle])
  const [time, total] = [atMs, durationMs].map(ms => voiceClock(ms, text.language))
  const words = text('voice.time', { time: time ?? '', total: total ?? '' })
  return (
    <>
      <IconButton icon={Trash2} label={text('voice.discard')} isDisabled={isSending} onPress={onDiscard} />
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={text(isPlaying ? 'voice.pause' : 'voice.play')}
        onPress={toggle}
      />
      <span className={styles['track']} dir="ltr">
        <Waveform bars={bars} played={isPlaying || atMs > 0 ? Math.min(1, atMs / durationMs) : 1} />
        <input
          type="range"
          className={styles['seek']}
          aria-label={text('voice.position')}
          aria-valuetext={words}
          min={0}
          max={Math.ceil(durationMs)}
          step={100}
          value={Math.min(atMs, durationMs)}
          onChange={event => seek(event.target.valueAsNumber)}
        />
      </span>
      <span className={styles['time']} aria-hidden="true">
        {words}
      </span>
      <IconButton
        icon={SendHorizontal}
        label={text('voice.send')}
        tone="accent"
        tooltipHidden
        mirrored
        isDisabled={isSending}
        onPress={onSend}
      />
    </>
  )
}
