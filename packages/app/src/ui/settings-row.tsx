import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import styles from './settings-row.module.css'

/** With `onPress` the whole row is a button; with `control` only the control at its end is. Not both. */
export interface SettingsRowProps {
  readonly label: string
  readonly description?: ReactNode
  /** What is set now, at the end. */
  readonly value?: ReactNode
  readonly onPress?: () => void
  /** A Switch or a Select with its label hidden. */
  readonly control?: ReactNode
  readonly icon?: LucideIcon
  readonly tone?: 'normal' | 'danger'
  readonly isDisabled?: boolean
  /** Leaves out the arrow, for a row that acts instead of leading on. */
  readonly isAction?: boolean
}

/** One setting. */
export function SettingsRow(props: SettingsRowProps): ReactElement {
  const { onPress, tone = 'normal', isDisabled = false, isAction = tone === 'danger' } = props
  const look = classes(styles['row'], tone === 'danger' && styles['danger'])
  if (onPress === undefined) {
    return (
      <div className={look}>
        <Parts {...props} />
      </div>
    )
  }
  return (
    <AriaButton className={classes(look, styles['pressable'])} isDisabled={isDisabled} onPress={() => onPress()}>
      <Parts {...props} />
      {!isAction && (
        <span className={styles['arrow']}>
          <Icon icon={ChevronRight} size={16} mirrored />
        </span>
      )}
    </AriaButton>
  )
}

function Parts({ icon, label, description, value, control }: SettingsRowProps): ReactElement {
  return (
    <>
      {icon !== undefined && (
        <span className={styles['icon']}>
          <Icon icon={icon} size={20} />
        </span>
      )}
      <span className={styles['words']}>
        <span>{label}</span>
        {description !== undefined && <span className={styles['description']}>{description}</span>}
      </span>
      {value !== undefined && <span className={styles['value']}>{value}</span>}
      {control !== undefined && <span className={styles['control']}>{control}</span>}
    </>
  )
}
