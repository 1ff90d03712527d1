import type { ReactElement } from 'react'
import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar'
import styles from './progress-bar.module.css'

/** `value` from 0 to 1; without one nobody knows how long it takes. */
export interface ProgressBarProps {
  readonly label: string
  readonly value?: number
  readonly labelHidden?: boolean
  /** What stands at the end of the label's line, as `3.2 of 8 MB`. */
  readonly valueText?: string
}

/** How far something is. */
export function ProgressBar({ label, value, labelHidden = false, valueText }: ProgressBarProps): ReactElement {
  const known = value !== undefined
  return (
    <AriaProgressBar
      className={styles['progress'] ?? ''}
      aria-label={label}
      value={known ? value * 100 : 0}
      isIndeterminate={!known}
      {...(valueText === undefined ? {} : { valueLabel: valueText })}
    >
      {({ percentage }) => (
        <>
          {!labelHidden && (
            <span className={styles['words']} aria-hidden>
              <span>{label}</span>
              {valueText !== undefined && <span>{valueText}</span>}
            </span>
          )}
          <span className={styles['track']}>
            <span
              className={known ? styles['fill'] : styles['going']}
              style={known ? { inlineSize: `${percentage ?? 0}%` } : {}}
            />
          </span>
        </>
      )}
    </AriaProgressBar>
  )
}
