import { type ReactElement, type ReactNode, useId } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components/Switch'
import { classes } from './classes.ts'
import styles from './choice.module.css'

/** Takes effect at once; for what needs a further button use a Checkbox. */
export interface SwitchProps {
  readonly label: string
  readonly description?: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  /** Where the label stands beside it already, as in a SettingsRow. */
  readonly labelHidden?: boolean
}

/** On or off. */
export function Switch(props: SwitchProps): ReactElement {
  const { label, description, isSelected, onChange, isDisabled = false, labelHidden = false } = props
  const id = useId()
  return (
    <div className={styles['choice']}>
      <AriaSwitch
        className={classes(styles['row'], styles['end'])}
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled}
        {...(labelHidden ? { 'aria-label': label } : {})}
        {...(description === undefined ? {} : { 'aria-describedby': id })}
      >
        {!labelHidden && <span className={styles['label']}>{label}</span>}
        <span className={styles['track']} aria-hidden>
          <span className={styles['thumb']} />
        </span>
      </AriaSwitch>
      {description !== undefined && (
        <p id={id} className={classes(styles['description'], styles['besideTrack'])}>
          {description}
        </p>
      )}
    </div>
  )
}
