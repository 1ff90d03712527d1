import type { ReactElement } from 'react'
import { classes } from './classes.ts'
import styles from './spinner.module.css'

/** Something is under way whose end is unknown. Without a label it is decoration. `size` in pixels at 100 % zoom. */
export interface SpinnerProps {
  readonly label?: string
  readonly size?: 16 | 18 | 20 | 24 | 32
}

/** A circle that goes round; under reduced motion it fades slowly instead. */
export function Spinner({ label, size = 20 }: SpinnerProps): ReactElement {
  const rem = `${size / 16}rem`
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg className={classes(styles['spinner'])} width={rem} height={rem} viewBox="0 0 20 20" fill="none" {...named}>
      <circle cx="10" cy="10" r="8" stroke="currentColor" strokeOpacity="0.22" strokeWidth="2" />
      <path d="M10 2a8 8 0 0 1 8 8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
