import { Check } from 'lucide-react'
import { type ReactElement, type ReactNode, useId } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { classes } from './classes.ts'
import styles from './choice.module.css'
import { Icon } from './icon.tsx'

/** A choice that a button confirms later, or one of many in a list. */
export interface CheckboxProps {
  readonly label: string
  readonly description?: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly labelHidden?: boolean
}

/** Chosen or not. */
export function Checkbox(props: CheckboxProps): ReactElement {
  const { label, description, isSelected, onChange, isDisabled = false, labelHidden = false } = props
  const id = useId()
  return (
    <div className={styles['choice']}>
      <AriaCheckbox
        className={styles['row'] ?? ''}
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled}
        {...(labelHidden ? { 'aria-label': label } : {})}
        {...(description === undefined ? {} : { 'aria-describedby': id })}
      >
        <span className={classes(styles['mark'], styles['box'])} aria-hidden>
          <Icon icon={Check} size={14} />
        </span>
        {!labelHidden && <span className={styles['label']}>{label}</span>}
      </AriaCheckbox>
      {description !== undefined && (
        <p id={id} className={classes(styles['description'], styles['besideMark'])}>
          {description}
        </p>
      )}
    </div>
  )
}
