import { type ReactNode, useMemo } from 'react'
import { useText } from '../texts/index.ts'
import { classes } from '../ui/index.ts'
import styles from './composer.module.css'
import { type FieldText, wireLength } from './field-text.ts'
import { countdown } from './limits.ts'

interface CountdownProps {
  readonly id: string
  readonly value: FieldText
}

/** How much room is left, near the end of it. */
export function Countdown({ id, value }: CountdownProps): ReactNode {
  const text = useText()
  const left = useMemo(() => countdown(wireLength(value)), [value])
  return (
    <span id={id} className={classes(styles['count'], left !== undefined && left < 0 && styles['over'])}>
      {left !== undefined && (
        <>
          <span aria-hidden="true">{new Intl.NumberFormat(text.language).format(left)}</span>
          <span className={styles['spoken']}>
            {left < 0 ? text('composer.over', { count: -left }) : text('composer.left', { count: left })}
          </span>
        </>
      )}
    </span>
  )
}
