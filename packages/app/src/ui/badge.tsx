import type { ReactElement } from 'react'
import styles from './badge.module.css'
import { classes } from './classes.ts'

/** Shows nothing for zero. Give `label` where nothing beside it says what is counted ("3 unread messages"). */
export interface BadgeProps {
  readonly count: number
  /** Above it the badge says `999+`. */
  readonly max?: number
  readonly tone?: 'accent' | 'muted' | 'danger'
  readonly label?: string
}

/** A count. Muted for what shall not call. */
export function Badge({ count, max = 999, tone = 'accent', label }: BadgeProps): ReactElement | null {
  if (count <= 0) return null
  const shown = count > max ? `${max}+` : `${count}`
  return (
    <span
      className={classes(styles['badge'], styles[tone])}
      dir="ltr"
      {...(label === undefined ? {} : { role: 'img', 'aria-label': label })}
    >
      {shown}
    </span>
  )
}

/** `label` says what it means; without one it is decoration. */
export interface DotProps {
  readonly tone?: 'accent' | 'muted' | 'good' | 'caution' | 'danger'
  readonly label?: string
}

/** A small sign that something is so. Never by colour alone: it stands beside words or has a label. */
export function Dot({ tone = 'accent', label }: DotProps): ReactElement {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <span className={classes(styles['dot'], styles[`${tone}Dot`])} {...named} />
}
