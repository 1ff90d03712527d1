import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import styles from './icon.module.css'

/** An icon beside words, which screen readers pass over. `size` is in pixels at 100 % zoom. */
export interface IconProps {
  readonly icon: LucideIcon
  readonly size?: 14 | 16 | 18 | 20 | 24 | 32
  /** Arrows and the like point the other way in right-to-left text. */
  readonly mirrored?: boolean
}

/** Every icon of the app passes through here, so that all have one stroke width. */
export function Icon({ icon: Drawing, size = 20, mirrored = false }: IconProps): ReactElement {
  const rem = `${size / 16}rem`
  return (
    <Drawing
      aria-hidden
      absoluteStrokeWidth={false}
      strokeWidth={1.75}
      width={rem}
      height={rem}
      className={mirrored ? styles['mirrored'] : styles['icon']}
    />
  )
}
