import type { ReactElement } from 'react'
import { MARK_PATH, MARK_STROKE } from './mark-path.ts'
import styles from './mark.module.css'

/** `size` in pixels at 100 % zoom. */
export interface MarkProps {
  readonly size: number
}

/** The mark of Sotto in the colour of the text around it; the name beside it speaks for it. */
export function Mark({ size }: MarkProps): ReactElement {
  const rem = `${size / 16}rem`
  return (
    <svg
      width={rem}
      height={rem}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={MARK_STROKE}
      strokeLinecap="round"
      aria-hidden
    >
      <path d={MARK_PATH} />
    </svg>
  )
}

/** Mark and name, the name in lower case. */
export function Wordmark({ size = 24 }: { readonly size?: number }): ReactElement {
  return (
    <span className={styles['wordmark']} style={{ fontSize: `${size / 16}rem` }} dir="ltr" translate="no">
      <Mark size={size} />
      <span>sotto</span>
    </span>
  )
}
