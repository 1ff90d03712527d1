import { Search, X } from 'lucide-react'
import type { ReactElement, Ref } from 'react'
import { Input, SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { useText } from '../texts/index.ts'
import { classes } from './classes.ts'
import styles from './field.module.css'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

/** Its label is read, not shown: the glass says it to those who see. Escape clears. */
export interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Called besides `onChange('')`, when Escape or the cross emptied it. */
  readonly onClear?: () => void
  readonly onSubmit?: () => void
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Narrows what is below it while one types. */
export function SearchField(props: SearchFieldProps): ReactElement {
  const { label, value, onChange, onClear, onSubmit, placeholder, autoFocus = false, inputRef } = props
  const text = useText()
  const clear = (): void => {
    onChange('')
    onClear?.()
  }
  return (
    <AriaSearchField
      className={classes(styles['field'], styles['search'])}
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      {...(onClear === undefined ? {} : { onClear })}
      {...(onSubmit === undefined ? {} : { onSubmit: () => onSubmit() })}
    >
      <div className={styles['box']}>
        <span className={styles['icon']}>
          <Icon icon={Search} size={18} />
        </span>
        <Input
          className={styles['input'] ?? ''}
          placeholder={placeholder ?? label}
          dir="auto"
          {...(inputRef === undefined ? {} : { ref: inputRef })}
        />
        {value !== '' && <IconButton icon={X} label={text('ui.clear')} size="small" onPress={clear} />}
      </div>
    </AriaSearchField>
  )
}
