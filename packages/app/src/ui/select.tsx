import { Check, ChevronDown } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Button, Label, Popover, Select as AriaSelect, SelectValue, Text } from 'react-aria-components/Select'
import { classes } from './classes.ts'
import field from './field.module.css'
import { Icon } from './icon.tsx'
import menu from './menu.module.css'
import type { Option } from './option.ts'
import styles from './select.module.css'

/** For more options than one wants to read at once. */
export interface SelectProps<T extends string> {
  readonly label: string
  readonly options: readonly Option<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly description?: ReactNode
  readonly labelHidden?: boolean
  readonly isDisabled?: boolean
  /** Without a frame and as wide as its value, as at the end of a SettingsRow. */
  readonly isQuiet?: boolean
}

/** One of many, in a list that opens. */
export function Select<T extends string>(props: SelectProps<T>): ReactElement {
  const { label, options, value, onChange, description, labelHidden = false, isDisabled = false } = props
  return (
    <AriaSelect
      className={field['field'] ?? ''}
      value={value}
      onChange={key => {
        const option = options.find(each => each.value === key)
        if (option !== undefined) onChange(option.value)
      }}
      isDisabled={isDisabled}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      {!labelHidden && <Label className={field['label']}>{label}</Label>}
      <Button className={classes(styles['button'], props.isQuiet === true && styles['quiet'])}>
        <SelectValue className={styles['value'] ?? ''}>{({ selectedText }) => selectedText}</SelectValue>
        <Icon icon={ChevronDown} size={16} />
      </Button>
      {description !== undefined && (
        <Text slot="description" className={field['description']}>
          {description}
        </Text>
      )}
      <Popover className={menu['popover'] ?? ''} offset={4}>
        <ListBox className={menu['list'] ?? ''} items={options}>
          {option => <SelectOption option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

function SelectOption({ option }: { readonly option: Option<string> }): ReactElement {
  const { value, label, description, isDisabled = false } = option
  return (
    <ListBoxItem id={value} textValue={label} isDisabled={isDisabled} className={menu['item'] ?? ''}>
      {({ isSelected }) => (
        <>
          <span className={menu['words']}>
            <span>{label}</span>
            {description !== undefined && <span className={menu['description']}>{description}</span>}
          </span>
          <span className={menu['end']}>{isSelected && <Icon icon={Check} size={16} />}</span>
        </>
      )}
    </ListBoxItem>
  )
}
