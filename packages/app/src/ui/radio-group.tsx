import { type ReactElement, type ReactNode, useId } from 'react'
import { Label, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup'
import { classes } from './classes.ts'
import styles from './choice.module.css'
import type { Option } from './option.ts'

/** Few options that are worth reading all at once; for a long list use a Select. */
export interface RadioGroupProps<T extends string> {
  readonly label: string
  readonly options: readonly Option<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly labelHidden?: boolean
  readonly isDisabled?: boolean
}

/** One of several, each with its own line of explanation. */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>): ReactElement {
  const { label, options, value, onChange, labelHidden = false, isDisabled = false } = props
  return (
    <AriaRadioGroup
      className={styles['group'] ?? ''}
      value={value}
      isDisabled={isDisabled}
      onChange={next => {
        const option = options.find(each => each.value === next)
        if (option !== undefined) onChange(option.value)
      }}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      {!labelHidden && <Label className={styles['groupLabel']}>{label}</Label>}
      {options.map(option => (
        <RadioRow key={option.value} option={option} />
      ))}
    </AriaRadioGroup>
  )
}

function RadioRow({ option }: { readonly option: Option<string> }): ReactNode {
  const id = useId()
  const { value, label, description, isDisabled = false } = option
  return (
    <div className={styles['choice']}>
      <Radio
        className={styles['row'] ?? ''}
        value={value}
        isDisabled={isDisabled}
        {...(description === undefined ? {} : { 'aria-describedby': id })}
      >
        <span className={classes(styles['mark'], styles['circle'])} aria-hidden />
        <span className={styles['label']}>{label}</span>
      </Radio>
      {description !== undefined && (
        <p id={id} className={classes(styles['description'], styles['besideMark'])}>
          {description}
        </p>
      )}
    </div>
  )
}
