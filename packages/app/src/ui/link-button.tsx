import type { ReactElement, ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import styles from './link-button.module.css'

/** An action that looks like a link, inside a sentence or under a form. */
export interface LinkButtonProps {
  readonly onPress?: () => void
  readonly isDisabled?: boolean
  readonly tone?: 'normal' | 'danger'
  readonly children: ReactNode
}

/** It acts here; for an address that leaves the app use an anchor. */
export function LinkButton({ onPress, tone = 'normal', isDisabled = false, children }: LinkButtonProps): ReactElement {
  return (
    <AriaButton
      isDisabled={isDisabled}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      className={classes(styles['link'], tone === 'danger' && styles['danger'])}
    >
      {children}
    </AriaButton>
  )
}
