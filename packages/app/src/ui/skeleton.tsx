import type { ReactElement } from 'react'
import { classes } from './classes.ts'
import styles from './skeleton.module.css'

/** A shape in the place of what is being read from the disk. Widths are a share of the place, heights rem. */
export interface SkeletonProps {
  readonly shape?: 'line' | 'circle' | 'block'
  readonly width?: string
  readonly height?: string
}

/** Holds the place so that nothing jumps; screen readers pass over it. */
export function Skeleton({ shape = 'line', width, height }: SkeletonProps): ReactElement {
  return (
    <span
      aria-hidden
      className={classes(styles['skeleton'], styles[shape])}
      style={{
        ...(width === undefined ? {} : { inlineSize: width }),
        ...(height === undefined ? {} : { blockSize: height }),
      }}
    />
  )
}
