import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { Icon } from './icon.tsx'
import type { Option } from './option.ts'
import styles from './segmented-control.module.css'

/** Two to four short words, one of which is chosen. */
export interface SegmentedControlProps<T extends string> {
  /** Read out, not shown. */
  readonly label: string
  readonly options: readonly (Option<T> & { readonly icon?: LucideIcon })[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly isDisabled?: boolean
}

/** A small choice that is seen whole. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>): ReactElement {
  const { label, options, value, onChange, isDisabled = false } = props
  return (
    <ToggleButtonGroup
      className={styles['group'] ?? ''}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      isDisabled={isDisabled}
      onSelectionChange={keys => {
        const option = options.find(each => keys.has(each.value))
        if (option !== undefined) onChange(option.value)
      }}
    >
      {options.map(option => (
        <ToggleButton
          key={option.value}
          id={option.value}
          isDisabled={option.isDisabled ?? false}
          className={styles['segment'] ?? ''}
        >
          {option.icon !== undefined && <Icon icon={option.icon} size={16} />}
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
