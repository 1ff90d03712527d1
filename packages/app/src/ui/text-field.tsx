import { Eye, EyeOff } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useEffect, useState } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components/TextField'
import { useText } from '../texts/index.ts'
import { useAnnounce } from './announce.tsx'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import styles from './field.module.css'

/** A field with its label above, and under it an error or a description. */
export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Says what is wrong and how to mend it; shown in place of the description. */
  readonly error?: ReactNode
  readonly description?: ReactNode
  /** Hides what is typed, with a button that shows it. Kept from spelling services and password managers. */
  readonly isSecret?: boolean
  readonly mono?: boolean
  /** Grows with its text, from two lines to eight. */
  readonly multiline?: boolean
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean
  readonly isReadOnly?: boolean
  readonly placeholder?: string
  readonly maxLength?: number
  /** Enter; in several lines Ctrl or Command with Enter. */
  readonly onSubmit?: () => void
  readonly dir?: 'auto' | 'ltr' | 'rtl'
  readonly inputRef?: Ref<HTMLInputElement | HTMLTextAreaElement>
  readonly labelHidden?: boolean
  readonly autoComplete?: string
  /** A small button inside the field, at its end. */
  readonly end?: ReactNode
}

/** Text that a person types. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, value, onChange, error, description, isDisabled = false, isReadOnly = false, labelHidden } = props
  const { autoFocus = false, maxLength, isSecret = false } = props
  useSaid(error)
  const invalid = error !== undefined && error !== null && error !== false && error !== ''
  return (
    <AriaTextField
      className={styles['field'] ?? ''}
      value={value}
      onChange={onChange}
      isInvalid={invalid}
      validationBehavior="aria"
      isDisabled={isDisabled}
      isReadOnly={isReadOnly}
      autoFocus={autoFocus}
      spellCheck={isSecret || props.mono === true ? 'false' : 'true'}
      autoComplete={props.autoComplete ?? 'off'}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(labelHidden === true ? { 'aria-label': label } : {})}
    >
      {labelHidden !== true && <Label className={styles['label']}>{label}</Label>}
      <Box {...props} />
      {!invalid && description !== undefined && (
        <Text slot="description" className={styles['description']}>
          {description}
        </Text>
      )}
      {invalid && <FieldError className={styles['error'] ?? ''}>{error}</FieldError>}
    </AriaTextField>
  )
}

/** An error that appears while the focus stays in the field would be read out by no one. */
function useSaid(error: ReactNode): void {
  const announce = useAnnounce()
  useEffect(() => {
    if (typeof error === 'string' && error !== '') announce(error, 'assertive')
  }, [announce, error])
}

function Box(props: TextFieldProps): ReactElement {
  const { isSecret = false, mono = false, multiline = false, dir, inputRef, placeholder, onSubmit, end } = props
  const [shown, setShown] = useState(false)
  const text = useText()
  const look = {
    className: classes(styles['input'], mono && styles['mono'], multiline && styles['lines']),
    onKeyDown: submitKey(onSubmit, multiline),
    ...(dir === undefined ? {} : { dir }),
    ...(placeholder === undefined ? {} : { placeholder }),
  }
  return (
    <div className={classes(styles['box'])}>
      {multiline ? (
        <TextArea
          {...look}
          rows={2}
          {...(inputRef === undefined ? {} : { ref: inputRef as Ref<HTMLTextAreaElement> })}
        />
      ) : (
        <Input
          {...look}
          type={isSecret && !shown ? 'password' : 'text'}
          {...(inputRef === undefined ? {} : { ref: inputRef as Ref<HTMLInputElement> })}
        />
      )}
      {isSecret && !multiline && (
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={text(shown ? 'ui.secret.hide' : 'ui.secret.show')}
          size="small"
          onPress={() => setShown(!shown)}
        />
      )}
      {end}
    </div>
  )
}

/** Enter while an input method composes a word belongs to the input method. */
function submitKey(onSubmit: (() => void) | undefined, multiline: boolean): (event: KeyboardEvent) => void {
  return event => {
    if (onSubmit === undefined || event.key !== 'Enter' || event.nativeEvent.isComposing) return
    if (multiline && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    onSubmit()
  }
}
