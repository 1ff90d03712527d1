import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { formatDuration } from './format-duration.ts'
import { BARS } from './peaks.ts'
import styles from './seek-bar.module.css'

interface SeekBarProps {
  /** How loud it is over time, 0 to 1. */
  readonly peaks: readonly number[] | undefined
  /** Room for that is kept also before it is known. */
  readonly isWave: boolean
  /** Seconds. */
  readonly at: number
  readonly seconds: number | undefined
  readonly onSeek: (at: number) => void
}

/** Where one is in a recording, and the way to another place in it: a slider above what it looks like. */
export function SeekBar({ at, isWave, onSeek, peaks, seconds }: SeekBarProps): ReactNode {
  const text = useText()
  const share = seconds === undefined || seconds === 0 ? 0 : Math.min(1, at / seconds)
  const said = (value: number): string => formatDuration(text.language, value)
  return (
    // As on every player: time runs from left to right also where words do not.
    <div className={styles['bar']} data-wave={isWave || undefined} dir="ltr">
      {isWave ? (
        <span className={styles['wave']} aria-hidden>
          {Array.from({ length: BARS }, (_, each) => (
            <span
              key={each}
              data-past={each / BARS < share || undefined}
              style={{ blockSize: `${Math.max(10, (peaks?.[each] ?? 0) * 100)}%` }}
            />
          ))}
        </span>
      ) : (
        <span className={styles['line']} aria-hidden>
          <span style={{ inlineSize: `${share * 100}%` }} />
        </span>
      )}
      <input
        type="range"
        className={styles['input']}
        aria-label={text('attachments.seek')}
        aria-valuetext={
          seconds === undefined ? said(at) : text('attachments.seek.value', { at: said(at), whole: said(seconds) })
        }
        disabled={seconds === undefined}
        min={0}
        max={seconds ?? 1}
        step={Math.max(0.1, Math.min(5, (seconds ?? 1) / 20))}
        value={at}
        // Otherwise the message would be moved along.
        onPointerDown={event => event.stopPropagation()}
        onChange={event => onSeek(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
