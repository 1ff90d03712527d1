import { type ReactNode } from 'react'
import { Spinner } from '../ui/index.ts'
import styles from './state-control.module.css'

interface ProgressRingProps {
  /** What is on its way. */
  readonly label: string
  /** From 0 to 1; `undefined` where nobody knows. */
  readonly share: number | undefined
  /** The same in bytes. */
  readonly words: string | undefined
}

/** How far something is, around the button that stops it. */
export function ProgressRing({ label, share, words }: ProgressRingProps): ReactNode {
  if (share === undefined) {
    return (
      <span className={styles['ring']}>
        <Spinner size={32} />
      </span>
    )
  }
  return (
    <span
      className={styles['ring']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={words}
    >
      <svg width="2rem" height="2rem" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
        <circle cx="10" cy="10" r="8" strokeOpacity="0.22" />
        <circle
          className={styles['done']}
          cx="10"
          cy="10"
          r="8"
          // It begins at the top.
          transform="rotate(-90 10 10)"
          pathLength={100}
          strokeDasharray={100}
          strokeDashoffset={100 * (1 - share)}
        />
      </svg>
    </span>
  )
}
